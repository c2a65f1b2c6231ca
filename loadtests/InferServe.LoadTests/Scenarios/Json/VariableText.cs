using System.Text;

namespace InferServe.LoadTests.Scenarios.Json;

/// <summary>Texts with <c>${name}</c> in them.</summary>
internal static class VariableText
{
    /// <summary>Whether the whole text is one <c>${…}</c>.</summary>
    public static bool IsExpression(string text)
    {
        return text.StartsWith("${", StringComparison.Ordinal) && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1;
    }

    /// <summary>Puts the values of variables in their places.</summary>
    /// <exception cref="FormatException">A variable is unknown or a brace is not closed; the message says which.</exception>
    public static string Fill(string text, IReadOnlyDictionary<string, string> variables)
    {
        var filled = new StringBuilder();
        int index = 0;
        while (text.IndexOf("${", index, StringComparison.Ordinal) is var start and >= 0)
        {
            int end = text.IndexOf('}', start);
            if (end < 0)
            {
                throw new FormatException("a ${ is not closed");
            }

            string name = text[(start + 2)..end];
            filled.Append(text, index, start - index).Append(
                variables.TryGetValue(name, out string? value) ? value : throw new FormatException($"there is no variable '{name}'"));
            index = end + 1;
        }

        return filled.Append(text, index, text.Length - index).ToString();
    }
}
