using System.CommandLine;

namespace InferServe.LoadTests.Commands;

/// <summary>The options that every measuring command has.</summary>
internal sealed class RunOptions
{
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Makes arrivals, lengths and words; the same seed asks the same.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<DirectoryInfo?> _output = new("--output", "-o")
    {
        Description = "Folder for the reports as JSON, Markdown and HTML; made when missing.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> _noUsage = new("--no-usage")
    {
        Description = "For servers that refuse stream_options: count tokens by chunks.",
    };

    private readonly Option<bool> _noProgress = new("--no-progress") { Description = "No live line, even on a terminal." };

    public IEnumerable<Option> All => [_seed, _output, _noUsage, _noProgress];

    public int Seed(ParseResult parsed) => parsed.GetValue(_seed);

    public DirectoryInfo? Output(ParseResult parsed) => parsed.GetValue(_output);

    public bool WithUsage(ParseResult parsed) => !parsed.GetValue(_noUsage);

    /// <summary>Where live progress goes, or null.</summary>
    public TextWriter? Progress(ParseResult parsed) => parsed.GetValue(_noProgress) || Console.IsErrorRedirected ? null : Console.Error;
}
