using System.Text.RegularExpressions;

namespace InferServe.Gateway.Supervision;

/// <summary>A line of a worker's output: an entry of the single-line console logger, or plain text.</summary>
internal sealed partial record WorkerLogLine(LogLevel Level, string? Category, string Text)
{
    /// <param name="line">The line without its end.</param>
    /// <param name="plainLevel">Level of a line that is not a log entry.</param>
    public static WorkerLogLine Parse(string line, LogLevel plainLevel)
        => Entry().Match(line) is { Success: true } entry
            ? new WorkerLogLine(LevelOf(entry.Groups["level"].ValueSpan), entry.Groups["category"].Value, entry.Groups["text"].Value)
            : new WorkerLogLine(plainLevel, null, line);

    private static LogLevel LevelOf(ReadOnlySpan<char> name) => name switch
    {
        "trce" => LogLevel.Trace,
        "dbug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "fail" => LogLevel.Error,
        _ => LogLevel.Critical,
    };

    /// <summary><c>level: category[event] text</c>.</summary>
    [GeneratedRegex(@"^(?<level>trce|dbug|info|warn|fail|crit): (?<category>[^\s\[]+)\[-?\d+\] (?<text>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
