namespace InferServe.Gateway.Supervision;

/// <summary>Turns a worker's output into log entries of the gateway and remembers the last lines of its error stream.</summary>
internal sealed partial class WorkerOutput(WorkerDefinition worker, ILogger logger)
{
    private const int MaxLineLength = 8192;
    private const int RememberedLines = 10;

    private readonly Queue<string> _lastErrors = new();

    /// <summary>The last lines of the error stream in one, or null when it was silent.</summary>
    public string? LastErrors
    {
        get
        {
            lock (_lastErrors)
            {
                return _lastErrors.Count == 0 ? null : string.Join(' ', _lastErrors);
            }
        }
    }

    /// <summary>Reads both streams until the process closes them.</summary>
    public Task PumpAsync(TextReader output, TextReader error)
        => Task.WhenAll(PumpAsync(output, LogLevel.Information, _ => { }), PumpAsync(error, LogLevel.Warning, Remember));

    private async Task PumpAsync(TextReader reader, LogLevel plainLevel, Action<string> seen)
    {
        try
        {
            await foreach (var text in BoundedLineReader.ReadLinesAsync(reader, MaxLineLength))
            {
                var line = WorkerLogLine.Parse(text, plainLevel);
                seen(line.Text);
                var level = Quieter(line);
                Log.Output(logger, level, worker.Model.Name, worker.Id, line.Text);
            }
        }
        catch (IOException)
        {
            // The pipe broke with the process.
        }
    }

    /// <summary>What the frameworks inside a worker tell about themselves is of no interest unless it is a warning.</summary>
    private static LogLevel Quieter(WorkerLogLine line)
        => line.Level == LogLevel.Information && line.Category?.StartsWith("Microsoft.", StringComparison.Ordinal) == true
            ? LogLevel.Debug
            : line.Level;

    private void Remember(string line)
    {
        lock (_lastErrors)
        {
            _lastErrors.Enqueue(line.Trim());
            if (_lastErrors.Count > RememberedLines)
            {
                _lastErrors.Dequeue();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "[{Model} {Worker}] {Line}")]
        public static partial void Output(ILogger logger, LogLevel level, string model, string worker, string line);
    }
}
