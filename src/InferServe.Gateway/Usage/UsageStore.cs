using InferServe.Gateway.Quotas;
using Microsoft.Data.Sqlite;

namespace InferServe.Gateway.Usage;

/// <summary>
/// Usage and quota windows in a SQLite database. It is in write-ahead mode: a process that is killed loses nothing that was written, a
/// machine that loses power may lose the last moments. One thread writes; reading may happen beside it.
/// </summary>
internal sealed class UsageStore : IDisposable
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS usage (
            day TEXT NOT NULL, key TEXT NOT NULL, model TEXT NOT NULL,
            requests INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, generation_tokens INTEGER NOT NULL,
            PRIMARY KEY (day, key, model)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS quota_cells (
            key TEXT NOT NULL, second INTEGER NOT NULL, requests INTEGER NOT NULL, tokens INTEGER NOT NULL,
            PRIMARY KEY (key, second)) WITHOUT ROWID;
        """;

    private const string AddUsage = """
        INSERT INTO usage VALUES ($day, $key, $model, $requests, $prompt, $cached, $generation)
        ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, prompt_tokens = prompt_tokens + excluded.prompt_tokens,
            cached_tokens = cached_tokens + excluded.cached_tokens, generation_tokens = generation_tokens + excluded.generation_tokens
        """;

    private const string Query = """
        SELECT day, key, model, requests, prompt_tokens, cached_tokens, generation_tokens FROM usage
        WHERE day >= $from AND day <= $to AND ($key IS NULL OR key = $key) AND ($model IS NULL OR model = $model)
        ORDER BY day, key, model LIMIT $limit
        """;

    private readonly string _reading;
    private readonly SqliteConnection _writer;

    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    /// <exception cref="IOException">Its folder cannot be made.</exception>
    public UsageStore(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var source = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 };
        _writer = new SqliteConnection(source.ToString());
        source.Mode = SqliteOpenMode.ReadOnly;
        _reading = source.ToString();
        try
        {
            _writer.Open();
            Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            Execute(Tables);
        }
        catch
        {
            _writer.Dispose();
            throw;
        }
    }

    /// <summary>Adds usage and replaces the cells of the keys named, all or nothing.</summary>
    public void Write(IEnumerable<UsageRow> added, IEnumerable<(string Key, IReadOnlyList<QuotaCell> Cells)> windows, long oldestSecond, string oldestDay)
    {
        using var transaction = _writer.BeginTransaction();
        foreach (var row in added)
        {
            Execute(AddUsage, ("$day", row.Day), ("$key", row.Key), ("$model", row.Model), ("$requests", row.Requests),
                ("$prompt", row.PromptTokens), ("$cached", row.CachedTokens), ("$generation", row.GenerationTokens));
        }

        foreach (var (key, cells) in windows)
        {
            foreach (var cell in cells)
            {
                Execute("INSERT OR REPLACE INTO quota_cells VALUES ($key, $second, $requests, $tokens)",
                    ("$key", key), ("$second", cell.Second), ("$requests", cell.Requests), ("$tokens", cell.Tokens));
            }
        }

        Execute("DELETE FROM quota_cells WHERE second < $second", ("$second", oldestSecond));
        Execute("DELETE FROM usage WHERE day < $day", ("$day", oldestDay));
        transaction.Commit();
    }

    /// <summary>The cells that were written and still count.</summary>
    public IReadOnlyList<(string Key, QuotaCell Cell)> ReadCells(long oldestSecond)
    {
        using var command = Command(_writer, "SELECT key, second, requests, tokens FROM quota_cells WHERE second >= $second", ("$second", oldestSecond));
        using var reader = command.ExecuteReader();
        var cells = new List<(string, QuotaCell)>();
        while (reader.Read())
        {
            cells.Add((reader.GetString(0), new QuotaCell(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3))));
        }

        return cells;
    }

    /// <summary>Usage of the days <paramref name="from"/> to <paramref name="to"/>, of one key and model or of all; at most <paramref name="limit"/> rows.</summary>
    public IReadOnlyList<UsageRow> Read(string from, string to, string? key, string? model, int limit)
    {
        using var connection = new SqliteConnection(_reading);
        connection.Open();
        using var command = Command(connection, Query, ("$from", from), ("$to", to), ("$key", key), ("$model", model), ("$limit", limit));
        using var reader = command.ExecuteReader();
        var rows = new List<UsageRow>();
        while (reader.Read())
        {
            rows.Add(new UsageRow(
                reader.GetString(0), reader.GetString(1), reader.GetString(2),
                reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)));
        }

        return rows;
    }

    public void Dispose() => _writer.Dispose();

    private void Execute(string text, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(_writer, text, parameters);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, params (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this class; values are parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
