using System.Text.Json;

namespace InferServe.LoadTests.Scenarios;

/// <summary>
/// Reads a prompt file: one object a line, <c>{"prompt": "…"}</c> or <c>{"messages": [{"role": "user", "content": "…"}]}</c>, either with an
/// optional <c>max_tokens</c>.
/// </summary>
internal static class PromptFileReader
{
    /// <exception cref="ScenarioException">A line is not such an object; the message has file and line.</exception>
    public static IReadOnlyList<FilePrompt> Read(TextReader lines, string file)
    {
        var prompts = new List<FilePrompt>();
        int number = 0;
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                prompts.Add(Parse(line, $"{file}:{number}"));
            }
        }

        return prompts.Count > 0 ? prompts : throw new ScenarioException($"{file}: the file has no prompt");
    }

    private static FilePrompt Parse(string line, string place)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new ScenarioException($"{place}: the line must be a JSON object");
            }

            int? output = null;
            if (root.TryGetProperty("max_tokens", out JsonElement most))
            {
                output = most.ValueKind == JsonValueKind.Number && most.TryGetInt32(out int tokens) && tokens > 0
                    ? tokens
                    : throw new ScenarioException($"{place}: max_tokens must be a whole number from 1");
            }

            return new FilePrompt(Messages(root, place), output);
        }
        catch (JsonException problem)
        {
            throw new ScenarioException($"{place}: not JSON: {problem.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new ScenarioException($"{place}: a string is not valid Unicode");
        }
    }

    private static List<ChatMessage> Messages(JsonElement root, string place)
    {
        if (root.TryGetProperty("prompt", out JsonElement prompt) && prompt.ValueKind == JsonValueKind.String)
        {
            return [new ChatMessage("user", prompt.GetString()!)];
        }

        if (!root.TryGetProperty("messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            throw new ScenarioException($"{place}: the line needs a prompt (text) or messages (a list that is not empty)");
        }

        var read = new List<ChatMessage>();
        foreach (JsonElement message in messages.EnumerateArray())
        {
            read.Add(new ChatMessage(Text(message, "role", place), Text(message, "content", place)));
        }

        return read;
    }

    private static string Text(JsonElement message, string name, string place)
    {
        return message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new ScenarioException($"{place}: every message needs {name} as text");
    }
}
