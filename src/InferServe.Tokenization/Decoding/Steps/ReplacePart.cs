using System.Text;
using InferServe.Tokenization.Patterns;

namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>The decoder <c>Replace</c>: puts something in place of each match of a pattern within a token.</summary>
internal sealed class ReplacePart(ITextPattern pattern, string content) : IDecoderPart
{
    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => pattern is LiteralPattern literal
        ? new LiteralReplaceStep(next, literal.Literal, content)
        : new PatternStep(next, this);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused) => DecodedToken.Of(Replaced(token));

    private string Replaced(string token)
    {
        // A pattern finds nothing in an empty text, not even an empty match.
        if (token.Length == 0)
        {
            return token;
        }

        var replacer = new Replacer(token, content);
        pattern.FindAll(token, ref replacer);
        return replacer.Finish();
    }

    /// <summary>A regular expression may look at any part of its token, so a token goes on when it is whole.</summary>
    private sealed class PatternStep(DecodingStep next, ReplacePart part) : WholeTokenStep(next)
    {
        protected override void Take(string token) => Pass(part.Replaced(token));
    }

    private struct Replacer(string token, string content) : IMatchSink
    {
        private readonly StringBuilder _output = new(token.Length);
        private int _copied;

        public void Match(int start, int end)
        {
            _output.Append(token, _copied, start - _copied).Append(content);
            _copied = end;
        }

        public readonly string Finish() => _output.Append(token, _copied, token.Length - _copied).ToString();
    }
}
