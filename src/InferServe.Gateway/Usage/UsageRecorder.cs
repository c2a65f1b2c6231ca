using System.Globalization;
using InferServe.Contracts.Workers;
using InferServe.Gateway.Quotas;
using InferServe.Gateway.Tenants;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Usage;

/// <summary>
/// Adds up what requests took and writes it to the <see cref="UsageStore"/> in short intervals, away from the requests. What is added up
/// has one row for each day, key and model, so it stays small however many requests there are.
/// </summary>
internal sealed partial class UsageRecorder : BackgroundService
{
    /// <summary>How requests without a key are called.</summary>
    public const string Anonymous = "anonymous";

    private readonly Lock _writing = new();
    private readonly Lock _adding = new();
    private readonly QuotaBook _quotas;
    private readonly UsageMetrics _metrics;
    private readonly UsageOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<UsageRecorder> _logger;
    private readonly string? _file;
    private readonly Dictionary<(string Day, string Key, string Model), UsageRow> _added = [];
    private UsageStore? _store;

    public UsageRecorder(
        KeyRingProvider keys, QuotaBook quotas, UsageMetrics metrics, IOptions<UsageOptions> options, TimeProvider time, ILogger<UsageRecorder> logger)
    {
        (_quotas, _metrics, _options, _time, _logger) = (quotas, metrics, options.Value, time, logger);
        _file = UsageFile.Locate(_options.File, keys.Current is not null);
    }

    /// <summary>A request has ended.</summary>
    /// <param name="key">Name of its key, or null.</param>
    /// <param name="model">Name of its model.</param>
    /// <param name="note">What it took.</param>
    public void Record(string? key, string model, UsageNote note)
    {
        key ??= Anonymous;
        _metrics.Record(key, model, note);
        if (_file is not null)
        {
            Add(new UsageRow(Day(_time.GetUtcNow()), key, model, 1, note.PromptTokens, note.CachedTokens, note.CompletionTokens));
        }
    }

    /// <summary>What the store holds, with what is not written yet; null when there is no store.</summary>
    public IReadOnlyList<UsageRow>? Read(string from, string to, string? key, string? model, int limit)
    {
        Write();
        return _store?.Read(from, to, key, model, limit);
    }

    /// <summary>Opens the store and puts back what counted for quotas; a start without its store fails.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (_file is not null)
        {
            _store = UsageFile.Open(_file);
            foreach (var (key, cell) in _store.ReadCells(OldestSecond()))
            {
                _quotas.Of(key).Restore(cell.Second, cell.Requests, cell.Tokens);
            }
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>The last write, when no request runs any more.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Write();
    }

    public override void Dispose()
    {
        _store?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_options.WriteSeconds), _time);
        try
        {
            while (_store is not null && await timer.WaitForNextTickAsync(stoppingToken))
            {
                Write();
            }
        }
        catch (OperationCanceledException)
        {
            // StopAsync writes the rest.
        }
    }

    private void Write()
    {
        lock (_writing)
        {
            if (_store is null)
            {
                return;
            }

            var windows = _quotas.All.Select(pair => (pair.Key, Cells: pair.Value.TakeChanged(_time.GetUtcNow())))
                .Where(pair => pair.Cells is not null).Select(pair => (pair.Key, pair.Cells!)).ToList();
            var added = TakeAdded();
            if (added.Count == 0 && windows.Count == 0)
            {
                return;
            }

            try
            {
                _store.Write(added, windows, OldestSecond(), Day(_time.GetUtcNow().AddDays(-_options.KeepDays)));
            }
            catch (SqliteException exception)
            {
                // A full disk, say: what was added up is kept for the next try.
                Log.NotWritten(_logger, exception.Message);
                foreach (var row in added)
                {
                    Add(row);
                }
            }
        }
    }

    private void Add(UsageRow row)
    {
        var at = (row.Day, row.Key, row.Model);
        lock (_adding)
        {
            _added[at] = _added.TryGetValue(at, out var sum)
                ? sum with
                {
                    Requests = sum.Requests + row.Requests,
                    PromptTokens = sum.PromptTokens + row.PromptTokens,
                    CachedTokens = sum.CachedTokens + row.CachedTokens,
                    GenerationTokens = sum.GenerationTokens + row.GenerationTokens,
                }
                : row;
        }
    }

    private List<UsageRow> TakeAdded()
    {
        lock (_adding)
        {
            var added = _added.Values.ToList();
            _added.Clear();
            return added;
        }
    }

    private long OldestSecond() => _time.GetUtcNow().ToUnixTimeSeconds() - MinuteWindow.CellLife;

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Usage is not written, it is tried again: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);
    }
}
