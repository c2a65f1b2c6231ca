using System.Text;
using InferServe.Tokenization.Patterns;

namespace InferServe.Tokenization.Normalization;

/// <summary>The normalizer <c>Replace</c>: puts something in place of each match of a pattern.</summary>
internal sealed class ReplaceNormalizer(ITextPattern pattern, string content) : INormalizer
{
    /// <inheritdoc/>
    public NormalizedText Normalize(NormalizedText text)
    {
        // A pattern finds nothing in an empty text, not even an empty match.
        if (text.Text.Length == 0)
        {
            return text;
        }

        var replacer = new Replacer(text, content);
        pattern.FindAll(text.Text, ref replacer);
        return replacer.Finish();
    }

    private struct Replacer(NormalizedText text, string content) : IMatchSink
    {
        private readonly StringBuilder _output = new(text.Text.Length + content.Length);
        private int _copied;
        private int _atStart;

        public void Match(int start, int end)
        {
            CopyTo(start);
            _output.Append(content);
            _copied = end;

            // What is put in belongs to the last character that it replaces.
            if (end <= text.AtStart)
            {
                _atStart = _output.Length;
            }
        }

        public NormalizedText Finish()
        {
            CopyTo(text.Text.Length);
            return new NormalizedText(_output.ToString(), _atStart);
        }

        private void CopyTo(int end)
        {
            int kept = Math.Min(end, text.AtStart) - _copied;
            if (kept > 0)
            {
                _atStart = _output.Length + kept;
            }

            _output.Append(text.Text, _copied, end - _copied);
        }
    }
}
