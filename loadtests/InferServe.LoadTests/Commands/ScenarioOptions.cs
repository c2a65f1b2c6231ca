using System.CommandLine;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Scenarios.Reading;

namespace InferServe.LoadTests.Commands;

/// <summary>The argument and options that say which scenario runs, with which variables.</summary>
internal sealed class ScenarioOptions
{
    private readonly Argument<string> _scenario = new("scenario")
    {
        Description = "Name of a scenario that comes with the program (see list), or path of a scenario file.",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Gives a variable of the scenario a value; may be repeated.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Takes the variables of a profile of the scenario, such as big.",
        HelpName = "NAME",
    };

    public ScenarioOptions()
    {
        _set.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError("--set must be NAME=VALUE.");
            }
        });
    }

    public Argument<string> Argument => _scenario;

    public IEnumerable<Option> All => [_set, _profile];

    /// <exception cref="ScenarioException">The scenario cannot be used.</exception>
    public Scenario Read(ParseResult parsed)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in parsed.GetRequiredValue(_set))
        {
            int cut = pair.IndexOf('=', StringComparison.Ordinal);
            variables[pair[..cut]] = pair[(cut + 1)..];
        }

        string path = ScenarioFiles.Find(parsed.GetRequiredValue(_scenario));
        return ScenarioReader.ReadFile(path, new ScenarioChoices(parsed.GetValue(_profile), variables));
    }
}
