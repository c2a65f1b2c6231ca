using System.Text.Json;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools;

/// <summary>Reads calls that are JSON: an object with a name and arguments, or a list of such objects.</summary>
internal static class JsonCalls
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <param name="json">An object or a list of objects.</param>
    /// <param name="nameKey">The key of the function's name.</param>
    /// <param name="argumentsKeys">The keys under which arguments may stand.</param>
    /// <returns>The calls, or null when the text is something else.</returns>
    public static IReadOnlyList<AnswerPart.Call>? Parse(string json, string nameKey, params ReadOnlySpan<string> argumentsKeys)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var calls = new List<AnswerPart.Call>();
            var root = document.RootElement;
            foreach (var element in root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new[] { root })
            {
                if (Read(element, nameKey, argumentsKeys) is not { } call)
                {
                    return null;
                }

                calls.Add(call);
            }

            return calls;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a name with half of a surrogate pair.
            return null;
        }
    }

    /// <summary>The arguments of a call whose name stands elsewhere; null when they are no object.</summary>
    public static string? Arguments(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Arguments(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AnswerPart.Call? Read(JsonElement element, string nameKey, ReadOnlySpan<string> argumentsKeys)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object)
        {
            element = function;
        }

        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty(nameKey, out var name) || name.ValueKind != JsonValueKind.String || name.GetString() is not { Length: > 0 } text)
        {
            return null;
        }

        foreach (var key in argumentsKeys)
        {
            if (element.TryGetProperty(key, out var arguments))
            {
                return Arguments(arguments) is { } json ? new AnswerPart.Call(text, json) : null;
            }
        }

        return new AnswerPart.Call(text, "{}");
    }

    /// <summary>Arguments are an object; some models write it as a string that holds one.</summary>
    private static string? Arguments(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.GetRawText(),
        JsonValueKind.Null => "{}",
        JsonValueKind.String when value.GetString() is { } text && text.TrimStart().StartsWith('{') => Arguments(text),
        _ => null,
    };
}
