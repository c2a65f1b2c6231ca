using System.Net.Http.Headers;
using InferServe.Gateway.Supervision;

namespace InferServe.Gateway.Metrics;

/// <summary>Asks the ready workers for their metrics.</summary>
internal sealed partial class WorkerMetrics(WorkerSupervisor supervisor, WorkerSockets sockets, ILogger<WorkerMetrics> logger) : IDisposable
{
    private static readonly MediaTypeWithQualityHeaderValue TextFormat = new("text/plain");

    private readonly HttpClient _client = new(sockets.CreateHandler())
    {
        Timeout = TimeSpan.FromSeconds(3),
        MaxResponseContentBufferSize = 8 * 1024 * 1024,
    };

    /// <summary>The text of every ready worker that answers; a worker that does not is left out.</summary>
    public async Task<IReadOnlyList<(string WorkerId, string Text)>> CollectAsync(CancellationToken cancellationToken)
    {
        var ready = supervisor.Workers.Where(status => status.State == WorkerState.Ready).Select(status => status.Worker.Id);
        var texts = await Task.WhenAll(ready.Select(async worker => (worker, Text: await AskAsync(worker, cancellationToken))));
        return [.. texts.Where(pair => pair.Text is not null).Select(pair => (pair.worker, pair.Text!))];
    }

    public void Dispose() => _client.Dispose();

    private async Task<string?> AskAsync(string worker, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{worker}/metrics"));
            request.Headers.Accept.Add(TextFormat);
            using var response = await _client.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellationToken) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NoAnswer(logger, worker, exception.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Worker {Worker} gave no metrics: {Reason}")]
        public static partial void NoAnswer(ILogger logger, string worker, string reason);
    }
}
