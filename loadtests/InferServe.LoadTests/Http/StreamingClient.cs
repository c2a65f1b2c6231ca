using System.Buffers;
using System.Net.Http.Headers;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Http;

/// <summary>Sends requests and reads their streams. Nothing that a server does is thrown: it becomes part of the record.</summary>
internal sealed class StreamingClient(HttpClient http, ServerTarget server, Scenario scenario, bool needsUsage)
{
    private const int ReadBytes = 16 * 1024;
    private const int MostErrorBytes = 64 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Uri _url = new(server.Url, scenario.Endpoint == Endpoint.Completions ? "completions" : "chat/completions");

    /// <summary>Sends one request. Up to the point where the network is waited for, the call runs on the caller's thread.</summary>
    public async Task<RequestRecord> SendAsync(OutgoingRequest request, RunClock clock, CancellationToken stop)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _url) { Version = http.DefaultRequestVersion, VersionPolicy = http.DefaultVersionPolicy };
        message.Content = new ByteArrayContent(request.Body);
        message.Content.Headers.ContentType = Json;
        if (request.ApiKey is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.ApiKey);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bool leaves = request.AbortAfterSeconds < scenario.Timeout.TotalSeconds;
        var reader = new AnswerReader();
        double sent = clock.Now;
        patience.CancelAfter(leaves ? TimeSpan.FromSeconds(request.AbortAfterSeconds!.Value) : scenario.Timeout);
        Ending ending;
        try
        {
            ending = await ExchangeAsync(message, request, reader, clock, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ending = stop.IsCancellationRequested ? Ending.Failed(ErrorNames.Interrupted)
                : leaves ? new Ending(RequestOutcome.Aborted)
                : Ending.Failed(ErrorNames.Timeout);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or InvalidDataException)
        {
            ending = Ending.Failed(NameOf(problem)) with { Detail = problem.Message };
        }

        return Record(request, reader, sent, clock.Now, ending);
    }

    private async Task<Ending> ExchangeAsync(
        HttpRequestMessage message, OutgoingRequest request, AnswerReader reader, RunClock clock, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            string body = await ReadErrorAsync(stream, cancellationToken).ConfigureAwait(false);
            return Ending.Failed(ErrorNames.OfStatus((int)response.StatusCode, body)) with { Detail = body, RetryAfter = response.Headers.RetryAfter is not null };
        }

        var parser = new EventStreamParser();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(0, ReadBytes), cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                reader.Now = clock.Now;
                parser.Feed(buffer.AsSpan(0, count), reader);
                if (reader.Arrivals.Count > 0)
                {
                    request.FirstText?.TrySetResult();
                }

                if (reader.Error is not null)
                {
                    return Ending.Failed(reader.Error);
                }

                if (reader.Arrivals.Count >= request.AbortAfterTokens && !reader.IsDone)
                {
                    return new Ending(RequestOutcome.Aborted);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Judge(reader, request);
    }

    private Ending Judge(AnswerReader reader, OutgoingRequest request)
    {
        string? error = !reader.IsDone ? ErrorNames.MissingDone
            : reader.Usage is null && needsUsage ? ErrorNames.OfUsage("none")
            : reader.Usage is not null && UsageCheck.Find(reader.Usage, reader.Arrivals.Count, request.MaxTokens) is { } mistake ? ErrorNames.OfUsage(mistake)
            : reader.Arrivals.Count == 0 ? ErrorNames.NoText
            : null;
        return error is null ? new Ending(RequestOutcome.Completed) : Ending.Failed(error);
    }

    private RequestRecord Record(OutgoingRequest request, AnswerReader reader, double sent, double end, Ending ending) => new()
    {
        Session = request.Session,
        Model = request.Model,
        Class = request.Class,
        Planned = request.Planned,
        Sent = sent,
        End = end,
        Outcome = ending.Outcome,
        Error = ending.Error,
        ErrorDetail = ending.Detail is null ? null : server.WithoutKeys(ending.Detail),
        HasRetryAfter = ending.RetryAfter,
        Arrivals = reader.Arrivals,
        PromptTokens = reader.Usage?.PromptTokens ?? 0,
        CachedTokens = reader.Usage?.CachedTokens ?? 0,
        CompletionTokens = reader.Usage?.CompletionTokens ?? reader.Arrivals.Count,
        HasUsage = reader.Usage is not null,
        Text = reader.Text,
    };

    private static string NameOf(Exception problem) => problem is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.VersionNegotiationError
    }
        ? ErrorNames.Connect
        : problem is InvalidDataException ? ErrorNames.BadChunk : ErrorNames.ConnectionLost;

    private static async Task<string> ReadErrorAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MostErrorBytes];
        int count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, count);
    }

    /// <summary>How an exchange ended.</summary>
    private sealed record Ending(RequestOutcome Outcome, string? Error = null, string? Detail = null, bool RetryAfter = false)
    {
        public static Ending Failed(string error) => new(RequestOutcome.Failed, error);
    }
}
