using System.Net.Http.Headers;
using InferServe.Gateway.Supervision;

namespace InferServe.Gateway.Metrics;

/// <summary>Asks the workers that answer requests for their metrics, those that finish what they have included.</summary>
internal sealed partial class WorkerMetrics(WorkerSupervisor supervisor, WorkerSockets sockets, ILogger<WorkerMetrics> logger) : IDisposable
{
    private static readonly MediaTypeWithQualityHeaderValue TextFormat = new("text/plain");

    private readonly HttpClient _client = new(sockets.CreateHandler())
    {
        Timeout = TimeSpan.FromSeconds(3),
        MaxResponseContentBufferSize = 8 * 1024 * 1024,
    };

    /// <summary>The text of every such worker; one that does not answer is left out.</summary>
    public async Task<IReadOnlyList<(string WorkerId, string Text)>> CollectAsync(CancellationToken cancellationToken)
    {
        var workers = supervisor.Workers.Where(status => status is { State: WorkerState.Ready } or { State: WorkerState.Stopping, ProcessId: not null });
        var texts = await Task.WhenAll(workers.Select(async status => (status.Worker.Id, Text: await AskAsync(status, cancellationToken))));
        return [.. texts.Where(pair => pair.Text is not null).Select(pair => (pair.Id, pair.Text!))];
    }

    public void Dispose() => _client.Dispose();

    private async Task<string?> AskAsync(WorkerStatus status, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{status.Worker.Id}/metrics"));
            request.Headers.Accept.Add(TextFormat);
            using var response = await _client.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellationToken) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // One that ends may be gone by now.
            Log.NoAnswer(logger, status.State == WorkerState.Stopping ? LogLevel.Debug : LogLevel.Warning, status.Worker.Id, exception.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "Worker {Worker} gave no metrics: {Reason}")]
        public static partial void NoAnswer(ILogger logger, LogLevel level, string worker, string reason);
    }
}
