using System.Text;
using InferServe.Tokenization.Unicode;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>
/// The pre-tokenizer <c>UnicodeScripts</c>: cuts where the script changes, as SentencePiece does. Hiragana and Katakana count as Han;
/// spaces and characters without a script stay with the text before them, and are left out where there is none.
/// </summary>
internal sealed class UnicodeScriptsPreTokenizer : IPreTokenizer
{
    private const int ProlongedSoundMark = 0x30FC;
    private static readonly Lazy<(byte Han, byte Hiragana, byte Katakana)> Japanese = new(static () =>
        (Scripts.Named("Han")!.Value, Scripts.Named("Hiragana")!.Value, Scripts.Named("Katakana")!.Value));

    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink)
    {
        byte last = Scripts.None;
        int start = -1;
        int at = 0;
        foreach (Rune rune in text.Text.EnumerateRunes())
        {
            byte script = ScriptOf(rune.Value);
            if (script != Scripts.None && script != last)
            {
                if (start >= 0)
                {
                    sink.Add(text.Slice(start, at));
                }

                (start, last) = (at, script);
            }

            at += rune.Utf16SequenceLength;
        }

        if (start >= 0)
        {
            sink.Add(text.Slice(start, at));
        }
    }

    private static byte ScriptOf(int codePoint)
    {
        byte script = codePoint == ' ' ? Scripts.None : Scripts.Of(codePoint);
        (byte han, byte hiragana, byte katakana) = Japanese.Value;
        return codePoint == ProlongedSoundMark || script == hiragana || script == katakana ? han : script;
    }
}
