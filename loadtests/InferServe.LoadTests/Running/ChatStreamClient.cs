using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Options;

namespace InferServe.LoadTests.Running;

/// <summary>Sends one streamed chat completion and notes when each chunk arrives.</summary>
internal sealed class ChatStreamClient(HttpClient http, LoadTestOptions options, TimeProvider time)
{
    /// <summary>Runs one request at temperature 0.</summary>
    /// <exception cref="HttpRequestException">The server refused the request or the stream carried an error; the message has the body.</exception>
    public async Task<RequestResult> SendAsync(string prompt, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Url, "chat/completions"))
        {
            Content = JsonContent.Create(Body(prompt)),
        };
        if (options.ApiKey is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        }

        long start = time.GetTimestamp();
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            string error = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"{(int)response.StatusCode}: {error}", null, response.StatusCode);
        }

        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(stream, start, cancellationToken);
    }

    private async Task<RequestResult> ReadAsync(Stream stream, long start, CancellationToken cancellationToken)
    {
        var arrivals = new List<double>();
        var text = new StringBuilder();
        int promptTokens = 0, completionTokens = 0;
        bool done = false;
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data == "[DONE]")
            {
                done = true;
                break;
            }

            using JsonDocument chunk = JsonDocument.Parse(item.Data);
            JsonElement root = chunk.RootElement;
            if (root.TryGetProperty("error", out JsonElement error))
            {
                throw new HttpRequestException($"Error in the stream: {error}");
            }

            if (ContentOf(root) is { Length: > 0 } content)
            {
                arrivals.Add(time.GetElapsedTime(start).TotalSeconds);
                text.Append(content);
            }

            if (root.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object)
            {
                promptTokens = usage.GetProperty("prompt_tokens").GetInt32();
                completionTokens = usage.GetProperty("completion_tokens").GetInt32();
            }
        }

        if (!done || arrivals.Count == 0)
        {
            throw new HttpRequestException(done ? "The stream carried no text." : "The stream ended without [DONE].");
        }

        double[] gaps = [.. arrivals.Zip(arrivals.Skip(1), (earlier, later) => later - earlier)];
        return new RequestResult(
            arrivals[0], time.GetElapsedTime(start).TotalSeconds, gaps, promptTokens, completionTokens, text.ToString());
    }

    private JsonObject Body(string prompt) => new()
    {
        ["model"] = options.Model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }),
        ["temperature"] = 0,
        ["max_tokens"] = options.MaxTokens,
        ["stream"] = true,
        ["stream_options"] = new JsonObject { ["include_usage"] = true },
    };

    private static string? ContentOf(JsonElement chunk)
    {
        return chunk.TryGetProperty("choices", out JsonElement choices)
            && choices.GetArrayLength() > 0
            && choices[0].GetProperty("delta").TryGetProperty("content", out JsonElement content)
            ? content.GetString()
            : null;
    }
}
