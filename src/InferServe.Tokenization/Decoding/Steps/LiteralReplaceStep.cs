using System.Text;

namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>Replaces a string within each token; holds back no more than what may become a match.</summary>
internal sealed class LiteralReplaceStep(DecodingStep next, string literal, string content) : DecodingStep(next)
{
    private string _held = string.Empty;

    /// <inheritdoc/>
    public override void Write(string text)
    {
        text = _held + text;
        var output = new StringBuilder(text.Length);
        int start = 0;
        while (text.IndexOf(literal, start, StringComparison.Ordinal) is >= 0 and int at)
        {
            output.Append(text, start, at - start).Append(content);
            start = at + literal.Length;
        }

        int kept = HeldLength(text.AsSpan(start));
        Next.Write(output.Append(text, start, text.Length - start - kept).ToString());
        _held = text[(text.Length - kept)..];
    }

    /// <inheritdoc/>
    public override void EndToken()
    {
        Pass(_held);
        _held = string.Empty;
    }

    /// <summary>The length of the longest end of a text that the literal begins with.</summary>
    private int HeldLength(ReadOnlySpan<char> text)
    {
        for (int length = Math.Min(literal.Length - 1, text.Length); length > 0; length--)
        {
            if (literal.AsSpan().StartsWith(text[^length..], StringComparison.Ordinal))
            {
                return length;
            }
        }

        return 0;
    }
}
