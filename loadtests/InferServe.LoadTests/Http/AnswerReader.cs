using System.Text;
using System.Text.Json;
using InferServe.LoadTests.Measuring;

namespace InferServe.LoadTests.Http;

/// <summary>
/// Reads the chunks of one streamed answer, of chat completions or completions, and notes when each that carries text arrived. Reasoning and
/// tool calls count as text.
/// </summary>
internal sealed class AnswerReader : IEventReceiver
{
    private readonly List<double> _arrivals = [];
    private readonly StringBuilder _text = new();

    /// <summary>Seconds at which the bytes that are being read arrived.</summary>
    public double Now { get; set; }

    public IReadOnlyList<double> Arrivals => _arrivals;

    /// <summary>The text of the answer, without reasoning.</summary>
    public string Text => _text.ToString();

    public bool IsDone { get; private set; }

    public AnswerUsage? Usage { get; private set; }

    /// <summary>Name of the error that the stream carried, or null.</summary>
    public string? Error { get; private set; }

    public string? FinishReason { get; private set; }

    public void OnEvent(ReadOnlySpan<byte> data)
    {
        if (IsDone || Error is not null)
        {
            return;
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            IsDone = true;
            return;
        }

        try
        {
            var reader = new Utf8JsonReader(data);
            using JsonDocument chunk = JsonDocument.ParseValue(ref reader);
            Read(chunk.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            Error = $"{ErrorNames.BadChunk}";
        }
    }

    private void Read(JsonElement chunk)
    {
        if (chunk.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null)
        {
            Error = ErrorNames.OfStream(error);
            return;
        }

        bool hasText = false;
        if (chunk.TryGetProperty("choices", out JsonElement choices) && choices.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement choice in choices.EnumerateArray())
            {
                hasText |= ReadChoice(choice);
            }
        }

        if (hasText)
        {
            _arrivals.Add(Now);
        }

        if (chunk.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object)
        {
            Usage = AnswerUsage.Read(usage);
        }
    }

    private bool ReadChoice(JsonElement choice)
    {
        if (choice.TryGetProperty("finish_reason", out JsonElement reason) && reason.ValueKind == JsonValueKind.String)
        {
            FinishReason = reason.GetString();
        }

        if (!choice.TryGetProperty("delta", out JsonElement delta))
        {
            return AddText(choice, "text");
        }

        bool calls = delta.TryGetProperty("tool_calls", out JsonElement list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;
        return AddText(delta, "content") | calls | IsText(delta, "reasoning_content") | IsText(delta, "reasoning");
    }

    private bool AddText(JsonElement element, string name)
    {
        if (!IsText(element, name))
        {
            return false;
        }

        _text.Append(element.GetProperty(name).GetString());
        return true;
    }

    private static bool IsText(JsonElement element, string name)
    {
        return element.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Length > 0;
    }
}
