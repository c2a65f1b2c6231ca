using System.Text.Json;

namespace InferServe.Gateway.Quotas;

/// <summary>Estimates what a request will take, before its answer tells.</summary>
internal static class ExpectedTokens
{
    /// <summary>English text has about four bytes to a token.</summary>
    private const int BytesPerToken = 4;

    private static readonly string[] AnswerLimits = ["max_completion_tokens", "max_tokens", "max_output_tokens"];

    /// <summary>The prompt by its length, and the answers by their limit times their number.</summary>
    /// <param name="body">The body, a JSON object.</param>
    /// <param name="answerTokens">What an answer without a limit is expected to have.</param>
    public static long Of(ReadOnlySpan<byte> body, int answerTokens)
    {
        long? limit = null;
        var answers = 1L;
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLimit = IsLimit(ref reader);
            var isNumber = reader.ValueTextEquals("n"u8);
            reader.Read();
            if ((isLimit || isNumber) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) && value >= 0)
            {
                limit = isLimit ? value : limit;
                answers = isNumber ? value : answers;
            }

            reader.Skip();
        }

        return (body.Length / BytesPerToken) + ((limit ?? answerTokens) * Math.Max(1, answers));
    }

    private static bool IsLimit(ref Utf8JsonReader reader)
    {
        foreach (var name in AnswerLimits)
        {
            if (reader.ValueTextEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
