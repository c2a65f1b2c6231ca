using InferServe.LoadTests.Scenarios.Json;

namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>Collects what is wrong with a scenario file, so that all of it is reported at once.</summary>
internal sealed class ScenarioMistakes(string file)
{
    private const int Most = 20;

    private readonly List<string> _found = [];

    public void Add(PlacedNode node, string rule)
    {
        _found.Add($"{file}:{node.Line}:{node.Column}: {(node.Path.Length == 0 ? "" : node.Path + ": ")}{rule}");
    }

    /// <exception cref="ScenarioException">Something was added; the message has a line for each mistake.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count > 0)
        {
            string more = _found.Count > Most ? $"{Environment.NewLine}… and {_found.Count - Most} more" : "";
            throw new ScenarioException(string.Join(Environment.NewLine, _found.Take(Most)) + more);
        }
    }
}
