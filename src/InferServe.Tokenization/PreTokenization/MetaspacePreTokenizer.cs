using System.Buffers;
using System.Text;
using InferServe.Tokenization.Patterns;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>The pre-tokenizer <c>Metaspace</c>: writes spaces as another character, puts one before the text, and cuts before each.</summary>
/// <param name="replacement">The character that stands for a space.</param>
/// <param name="scheme">Which texts get one before them, unless they begin with it.</param>
/// <param name="split">Whether the text is cut.</param>
internal sealed class MetaspacePreTokenizer(Rune replacement, PrependScheme scheme, bool split) : IPreTokenizer
{
    private readonly string _replacement = replacement.ToString();
    private readonly LiteralPattern _pattern = new(replacement.ToString());

    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent((text.Text.Length + 1) * _replacement.Length);
        bool isPrepended = MayPrepend(text) && !text.Text.StartsWith(' ') && !text.Text.StartsWith(_replacement, StringComparison.Ordinal);
        int length = 0;
        int atStart = 0;
        if (isPrepended)
        {
            Append(buffer, ref length);
            atStart = text.AtStart > 0 ? length : 0;
        }

        for (int i = 0; i < text.Text.Length; i++)
        {
            if (text.Text[i] == ' ')
            {
                Append(buffer, ref length);
            }
            else
            {
                buffer[length++] = text.Text[i];
            }

            atStart = i < text.AtStart ? length : atStart;
        }

        Emit(new TextPiece(buffer.AsSpan(0, length), atStart), sink);
        ArrayPool<char>.Shared.Return(buffer);
    }

    private bool MayPrepend(TextPiece text) => scheme == PrependScheme.Always || (scheme == PrependScheme.First && text.AtStart > 0);

    private void Append(Span<char> buffer, ref int length)
    {
        _replacement.CopyTo(buffer[length..]);
        length += _replacement.Length;
    }

    private void Emit(TextPiece text, IPieceSink sink)
    {
        if (!split)
        {
            sink.Add(text);
            return;
        }

        var splitter = new PieceSplitter(text, SplitBehavior.MergedWithNext, invert: false, sink);
        _pattern.FindAll(text.Text, ref splitter);
        splitter.Finish();
    }
}
