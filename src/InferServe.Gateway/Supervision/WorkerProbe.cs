namespace InferServe.Gateway.Supervision;

/// <summary>Asks a worker over its socket how it is.</summary>
internal sealed class WorkerProbe(WorkerSockets sockets) : IDisposable
{
    private readonly HttpClient _client = new(sockets.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    public Task<bool> IsReadyAsync(string workerId, TimeSpan timeout, CancellationToken cancellationToken)
        => AnswersAsync(workerId, "health/ready", timeout, cancellationToken);

    public Task<bool> IsAliveAsync(string workerId, TimeSpan timeout, CancellationToken cancellationToken)
        => AnswersAsync(workerId, "health/live", timeout, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<bool> AnswersAsync(string workerId, string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        try
        {
            var address = new Uri($"http://{workerId}/{path}");
            using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limited.Token);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
