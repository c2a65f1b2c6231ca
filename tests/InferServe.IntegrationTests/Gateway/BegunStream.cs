using System.Globalization;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>A stream of the stand-in worker whose first event has arrived, and whose end comes when its model's folder holds <c>release</c>.</summary>
internal sealed class BegunStream
{
    /// <summary>Events before <c>[DONE]</c>.</summary>
    public const int Events = 50;

    private readonly StreamReader _reader;
    private readonly List<string> _events;

    private BegunStream(int worker, StreamReader reader, string first) => (Worker, _reader, _events) = (worker, reader, [first]);

    /// <summary>The process that makes it.</summary>
    public int Worker { get; }

    public static async Task<BegunStream> OpenAsync(GatewayProcess gateway)
    {
        var response = await gateway.PostAsync($$"""{"model":"alpha","prompt":"stream rest-on-release events={{Events}}"}""");
        var worker = int.Parse(response.Headers.GetValues("x-stand-in-pid").Single(), CultureInfo.InvariantCulture);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        return new BegunStream(worker, reader, (await reader.ReadLineAsync())!);
    }

    /// <summary>Every event up to the end of the stream.</summary>
    public async Task<List<string>> ReadToEndAsync()
    {
        while (await _reader.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                _events.Add(line);
            }
        }

        _reader.Dispose();
        return _events;
    }
}
