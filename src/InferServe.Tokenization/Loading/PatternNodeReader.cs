using InferServe.Tokenization.Patterns;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads a <c>pattern</c>: <c>{"String": …}</c> or <c>{"Regex": …}</c>.</summary>
internal static class PatternNodeReader
{
    public static ITextPattern Read(JsonNode node)
    {
        if (node.Find("String") is { } literal)
        {
            return literal.String().Length is > 0 and <= TokenizerLimits.LiteralLength
                ? new LiteralPattern(literal.String())
                : throw literal.Error($"a pattern has 1 to {TokenizerLimits.LiteralLength} characters, not {literal.String().Length}");
        }

        JsonNode expression = node.Find("Regex") ?? throw node.Unsupported("this pattern", "String, Regex");
        try
        {
            return RegexPattern.Create(expression.String());
        }
        catch (PatternException exception)
        {
            throw expression.Error(exception.Message.TrimEnd('.'), exception);
        }
    }
}
