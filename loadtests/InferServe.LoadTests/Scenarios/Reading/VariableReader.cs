using System.Text.Json;
using InferServe.LoadTests.Scenarios.Json;

namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>Reads <c>variables</c> and <c>profiles</c>: the file's values, then the profile's, then the command line's; a later one wins.</summary>
internal static class VariableReader
{
    /// <exception cref="ScenarioException">The command line names a profile or a variable that the file does not have.</exception>
    public static IReadOnlyDictionary<string, string> Read(PlacedNode root, ScenarioChoices choices, ScenarioMistakes mistakes)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        PlacedNode? own = root.Find("variables");
        if (own is not null)
        {
            Take(own, variables, known: null, mistakes);
        }

        var known = variables.Keys.ToHashSet(StringComparer.Ordinal);
        TakeProfile(root.Find("profiles"), choices.Profile, variables, known, mistakes);
        foreach ((string name, string value) in choices.Variables)
        {
            variables[name] = known.Contains(name)
                ? value
                : throw new ScenarioException($"--set {name}: the scenario has no such variable; it has {Names(known)}");
        }

        return variables;
    }

    private static void TakeProfile(
        PlacedNode? profiles, string? chosen, Dictionary<string, string> variables, HashSet<string> known, ScenarioMistakes mistakes)
    {
        if (profiles is { Kind: not JsonValueKind.Object })
        {
            mistakes.Add(profiles, "must be an object of profiles");
        }

        foreach ((string name, PlacedNode values) in profiles?.Members ?? [])
        {
            // The others are read too, so that their mistakes are found.
            Take(values, name == chosen ? variables : [], known, mistakes);
        }

        if (chosen is not null && profiles?.Find(chosen) is null)
        {
            throw new ScenarioException($"--profile {chosen}: the scenario has no such profile; it has {Names(profiles?.Members.Select(profile => profile.Name) ?? [])}");
        }
    }

    private static void Take(PlacedNode node, Dictionary<string, string> into, HashSet<string>? known, ScenarioMistakes mistakes)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            mistakes.Add(node, "must be an object of variables");
        }

        foreach ((string name, PlacedNode value) in node.Members)
        {
            if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            {
                mistakes.Add(value, "the name of a variable is letters, digits and _, a letter first");
            }
            else if (known is not null && !known.Contains(name))
            {
                mistakes.Add(value, $"a profile sets variables of the scenario only: {Names(known)}");
            }
            else if (value.Kind is not (JsonValueKind.Number or JsonValueKind.String))
            {
                mistakes.Add(value, "must be a number or text");
            }
            else
            {
                into[name] = value.Text;
            }
        }
    }

    private static string Names(IEnumerable<string> names)
    {
        string list = string.Join(", ", names.Order(StringComparer.Ordinal));
        return list.Length == 0 ? "none" : list;
    }
}
