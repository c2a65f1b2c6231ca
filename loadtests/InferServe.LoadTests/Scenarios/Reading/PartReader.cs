using System.Text.Json;
using InferServe.LoadTests.Scenarios.Json;
using InferServe.LoadTests.Workload;

namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>Reads the smaller parts of a scenario.</summary>
internal static class PartReader
{
    private const int MostTokens = 10_000_000;

    public static IReadOnlyList<WeightedModel> Models(ScenarioSection section)
    {
        var models = new List<WeightedModel>();
        foreach (PlacedNode item in section.List("models"))
        {
            if (section.SectionOf(item) is { } model)
            {
                models.Add(new WeightedModel(model.Text("name"), model.Number("weight", 0.000001, 1e6, 1)));
                model.Finish();
            }
        }

        return models;
    }

    public static OutputShape Output(ScenarioSection? section)
    {
        if (section is null)
        {
            return new OutputShape(Distribution.Constant(1), 0, false);
        }

        var output = new OutputShape(DistributionReader.Length(section, "tokens"), section.Whole("minTokens", 0, MostTokens, 0), section.Flag("ignoreEos", false));
        section.Finish();
        return output;
    }

    public static AbortShape? Aborts(ScenarioSection? section)
    {
        if (section is null)
        {
            return null;
        }

        bool tokens = section.Has("afterTokens"), seconds = section.Has("afterSeconds");
        if (tokens == seconds)
        {
            section.Mistake("needs either afterTokens or afterSeconds");
        }

        var aborts = new AbortShape(
            section.Number("probability", 0, 1),
            tokens ? DistributionReader.Length(section, "afterTokens") : null,
            seconds ? DistributionReader.Seconds(section, "afterSeconds", null) : null);
        section.Finish();
        return aborts;
    }

    public static ConnectionShape Connection(ScenarioSection? section)
    {
        if (section is null)
        {
            return ConnectionShape.Default;
        }

        var connection = new ConnectionShape(
            section.Choice("httpVersion", ["1.1", "2"], "1.1") == "2" ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11,
            section.Whole("maxConnections", 1, 100_000, ConnectionShape.Default.MostConnections),
            section.Flag("reuse", true));
        section.Finish();
        return connection;
    }

    public static IReadOnlyList<string> Texts(ScenarioSection section, string name)
    {
        var texts = new List<string>();
        foreach (PlacedNode item in section.List(name))
        {
            texts.Add(item.Text);
            if (item.Kind != JsonValueKind.String || item.Text.Length == 0)
            {
                section.Mistake(name, "must be a list of texts that are not empty");
            }
        }

        return texts;
    }
}
