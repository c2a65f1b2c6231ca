using System.Security.Cryptography;
using System.Threading.Channels;
using InferServe.Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Registry;

/// <summary>
/// Reads the models file again when its content changes. Events of its folder make that quick: also the folder's, because editors and
/// Kubernetes do not write the file but put another in its place, the latter by a link beside it. A look every few seconds finds what
/// file systems do not tell.
/// </summary>
internal sealed partial class ModelsFileWatcher(
    ModelRegistryProvider registry, ModelsReloader reloader, IOptions<GatewayOptions> options, TimeProvider time, ILogger<ModelsFileWatcher> logger)
    : BackgroundService
{
    /// <summary>Several writes in a row count as one change.</summary>
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly string _file = registry.Current.File;
    private readonly Channel<bool> _events = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.ReloadOnChange)
        {
            return;
        }

        var known = Fingerprint();
        using var watcher = Watch();
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(stoppingToken);
            if (Fingerprint() is { } now && !string.Equals(now, known, StringComparison.Ordinal))
            {
                known = now;
                reloader.Reload("file");
            }
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var told = _events.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(told, Task.Delay(Interval, time, either.Token));
        if (told.IsCompletedSuccessfully)
        {
            await Task.Delay(Debounce, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _events.Reader.TryRead(out _);
        }

        await either.CancelAsync();
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(_file)!) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite };
            watcher.Changed += (_, _) => Notice();
            watcher.Created += (_, _) => Notice();
            watcher.Renamed += (_, _) => Notice();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Log.NoEvents(logger, _file, Interval.TotalSeconds, exception.Message);
            return null;
        }
    }

    private void Notice() => _events.Writer.TryWrite(true);

    /// <summary>Of the file's content; null while there is none to read, as between the two steps of a replacement.</summary>
    private string? Fingerprint()
    {
        try
        {
            using var stream = File.OpenRead(_file);
            return stream.Length > ModelsFileFormat.MaxBytes ? "too long" : Convert.ToHexString(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "No events for {File}, it is looked at every {Seconds} s: {Reason}")]
        public static partial void NoEvents(ILogger logger, string file, double seconds, string reason);
    }
}
