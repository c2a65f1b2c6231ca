namespace InferServe.Gateway.Registry;

/// <summary>
/// Reads the models file again. A file without mistakes replaces the registry as a whole; one with mistakes changes nothing, and the
/// mistakes are in the log and in <see cref="Last"/>.
/// </summary>
internal sealed partial class ModelsReloader(ModelRegistryProvider registry, TimeProvider time, ILogger<ModelsReloader> logger)
{
    private readonly Lock _lock = new();
    private volatile ReloadOutcome _last = new(time.GetUtcNow(), "start", null, []);
    private volatile ReloadOutcome _lastSuccess = new(time.GetUtcNow(), "start", null, []);
    private long _successes;
    private long _failures;

    /// <summary>The latest reading.</summary>
    public ReloadOutcome Last => _last;

    /// <summary>The reading whose models are in force.</summary>
    public ReloadOutcome LastSuccess => _lastSuccess;

    /// <summary>Readings after the first that replaced the registry.</summary>
    public long Successes => Interlocked.Read(ref _successes);

    /// <summary>Readings that changed nothing because of mistakes.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <param name="trigger">Why: <c>file</c>, <c>signal</c> or <c>admin</c>.</param>
    public ReloadOutcome Reload(string trigger)
    {
        lock (_lock)
        {
            var before = registry.Current;
            try
            {
                var after = registry.Replace(changeToken => ModelsFileReader.Read(before.File, changeToken));
                _lastSuccess = _last = new ReloadOutcome(time.GetUtcNow(), trigger, null, RegistryChanges.Between(before, after));
                Interlocked.Increment(ref _successes);
                Log.Reloaded(logger, before.File, trigger, _last.Changes.Count == 0 ? "nothing changed" : string.Join(", ", _last.Changes));
            }
            catch (ModelsFileException exception)
            {
                _last = new ReloadOutcome(time.GetUtcNow(), trigger, exception.Message, []);
                Interlocked.Increment(ref _failures);
                Log.Refused(logger, before.File, trigger, exception.Message);
            }

            return _last;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{File} was read again ({Trigger}): {Changes}")]
        public static partial void Reloaded(ILogger logger, string file, string trigger, string changes);

        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{File} has mistakes ({Trigger}); the models stay as they are:\n{Mistakes}")]
        public static partial void Refused(ILogger logger, string file, string trigger, string mistakes);
    }
}
