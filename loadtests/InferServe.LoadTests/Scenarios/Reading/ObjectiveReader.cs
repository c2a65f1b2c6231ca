using InferServe.LoadTests.Objectives;
using InferServe.LoadTests.Scenarios.Json;

namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>Reads <c>objectives</c>.</summary>
internal static class ObjectiveReader
{
    private const double MostMilliseconds = 1e9;

    public static RequestObjectives Request(ScenarioSection? section)
    {
        if (section is null)
        {
            return RequestObjectives.None;
        }

        var objectives = new RequestObjectives(Bound(section, "ttftMs"), Bound(section, "tpotMs"), Bound(section, "e2eMs"));
        section.Finish();
        return objectives;
    }

    public static IReadOnlyList<Objective> Run(ScenarioSection? section)
    {
        if (section is null)
        {
            return [];
        }

        section.Has("request");
        var objectives = new List<Objective>();
        foreach (PlacedNode item in section.List("run"))
        {
            if (section.SectionOf(item) is { } objective)
            {
                objectives.Add(One(objective));
            }
        }

        section.Finish();
        return objectives;
    }

    private static Objective One(ScenarioSection section)
    {
        string metric = section.Choice("metric", MetricNames.All);
        bool hasLeast = section.Has("atLeast"), hasMost = section.Has("atMost");
        if (!hasLeast && !hasMost)
        {
            section.Mistake("needs atLeast or atMost");
        }

        var objective = new Objective(
            metric,
            hasLeast ? section.Number("atLeast", double.MinValue, double.MaxValue) : double.NegativeInfinity,
            hasMost ? section.Number("atMost", double.MinValue, double.MaxValue) : double.PositiveInfinity);
        section.Finish();
        return objective;
    }

    private static double Bound(ScenarioSection section, string name)
    {
        return section.Has(name) ? section.Number(name, 0, MostMilliseconds) : double.PositiveInfinity;
    }
}
