using System.Text;
using InferServe.Tokenization.Unicode;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>The pre-tokenizer <c>Whitespace</c>: runs of word characters and runs of other signs; white space is left out.</summary>
internal sealed class WhitespacePreTokenizer : IPreTokenizer
{
    private enum Kind
    {
        Space,
        Word,
        Sign,
    }

    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink)
    {
        int start = 0;
        int at = 0;
        Kind current = Kind.Space;
        foreach (Rune rune in text.Text.EnumerateRunes())
        {
            Kind kind = WordCharacters.Contains(rune) ? Kind.Word : Rune.IsWhiteSpace(rune) ? Kind.Space : Kind.Sign;
            if (kind != current)
            {
                Emit(text, start, at, current, sink);
                (start, current) = (at, kind);
            }

            at += rune.Utf16SequenceLength;
        }

        Emit(text, start, at, current, sink);
    }

    private static void Emit(TextPiece text, int start, int end, Kind kind, IPieceSink sink)
    {
        if (kind != Kind.Space && end > start)
        {
            sink.Add(text.Slice(start, end));
        }
    }
}
