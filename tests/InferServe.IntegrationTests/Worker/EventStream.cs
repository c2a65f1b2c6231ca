namespace InferServe.IntegrationTests.Worker;

/// <summary>Reads the events of a streamed answer one by one.</summary>
internal sealed class EventStream(HttpResponseMessage response) : IDisposable
{
    private StreamReader? _reader;

    /// <summary>The next event's data, or null at the end of the stream.</summary>
    public async Task<string?> NextAsync()
    {
        _reader ??= new StreamReader(await response.Content.ReadAsStreamAsync());
        var line = await _reader.ReadLineAsync();
        if (line is null)
        {
            return null;
        }

        Assert.StartsWith("data: ", line, StringComparison.Ordinal);
        Assert.Equal(string.Empty, await _reader.ReadLineAsync());
        return line["data: ".Length..];
    }

    public async Task<List<string>> RestAsync()
    {
        var events = new List<string>();
        while (await NextAsync() is { } data)
        {
            events.Add(data);
        }

        return events;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        response.Dispose();
    }
}
