using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Http;

/// <summary>Writes request bodies in OpenAI's form.</summary>
internal static class RequestBody
{
    /// <param name="scenario">Gives endpoint, lengths and further fields.</param>
    /// <param name="model">Value of <c>model</c>.</param>
    /// <param name="messages">For completions their contents become one prompt.</param>
    /// <param name="maxTokens">Value of <c>max_tokens</c>.</param>
    /// <param name="withUsage">Whether to ask for usage at the end of the stream.</param>
    public static byte[] Write(Scenario scenario, string model, IReadOnlyList<ChatMessage> messages, int maxTokens, bool withUsage)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            WritePrompt(json, scenario.Endpoint, messages);
            json.WriteNumber("max_tokens", maxTokens);
            if (scenario.Output.MinTokens > 0)
            {
                json.WriteNumber("min_tokens", Math.Min(scenario.Output.MinTokens, maxTokens));
            }

            if (scenario.Output.IgnoreEos)
            {
                json.WriteBoolean("ignore_eos", true);
            }

            json.WriteBoolean("stream", true);
            if (withUsage)
            {
                json.WriteStartObject("stream_options");
                json.WriteBoolean("include_usage", true);
                json.WriteEndObject();
            }

            foreach ((string name, JsonNode? value) in scenario.Body)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePrompt(Utf8JsonWriter json, Endpoint endpoint, IReadOnlyList<ChatMessage> messages)
    {
        if (endpoint == Endpoint.Completions)
        {
            json.WriteString("prompt", string.Join("\n", messages.Select(message => message.Content)));
            return;
        }

        json.WriteStartArray("messages");
        foreach (ChatMessage message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role);
            json.WriteString("content", message.Content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
