using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Tenants;

/// <summary>
/// Puts a changed keys file in force. The file is read again in short intervals, because files that a container mounts change
/// without an event. A file that cannot be used leaves the keys as they were, and is reported once.
/// </summary>
internal sealed partial class KeysReload(
    KeyRingProvider keys, IOptions<TenantsOptions> options, TimeProvider time, ILogger<KeysReload> logger) : BackgroundService
{
    private byte[] _text = [];
    private string? _reported;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (keys.File is not { } file)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ReloadSeconds), time);
        do
        {
            Look(file);
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private void Look(string file)
    {
        try
        {
            var (ring, text) = KeysReader.ReadFile(file);
            _reported = null;
            if (!text.AsSpan().SequenceEqual(_text))
            {
                var first = _text.Length == 0;
                _text = text;
                keys.Replace(ring);
                if (!first)
                {
                    Log.Reloaded(logger, ring.Keys.Length, file);
                }
            }
        }
        catch (KeysFileException exception)
        {
            if (!string.Equals(_reported, exception.Message, StringComparison.Ordinal))
            {
                _reported = exception.Message;
                Log.Refused(logger, exception.Message);
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Count} keys are in force from {File}")]
        public static partial void Reloaded(ILogger logger, int count, string file);

        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The keys stay as they were, because the keys file cannot be used:\n{Problems}")]
        public static partial void Refused(ILogger logger, string problems);
    }
}
