using System.Text;

namespace InferServe.Tokenization.Normalization;

/// <summary>
/// A text that is rewritten part by part, with the reference library's account of where its characters stem from: a replacement takes the
/// places of the characters that it replaces one by one; characters that become nothing at the start lend their place to what follows.
/// </summary>
internal sealed class AlignedText(NormalizedText source)
{
    private readonly StringBuilder _output = new(source.Text.Length);

    // Characters of the source that the output has taken the places of so far, and the UTF-16 units of them.
    private int _units;
    private int _atStart;

    /// <summary>Keeps the next character.</summary>
    public void Keep(Rune rune)
    {
        _output.Append(rune);
        Take(1);
    }

    /// <summary>Puts something in place of the next characters.</summary>
    public void Replace(ReadOnlySpan<char> part, string replacement)
    {
        int before = Count(part);
        int after = 0;
        foreach (Rune rune in replacement.EnumerateRunes())
        {
            _output.Append(rune);
            Take(++after <= before ? 1 : 0);
        }

        // What is left over goes with the last character, if there is one.
        if (after < before && _output.Length > 0)
        {
            Take(before - after, isOutput: false);
        }
    }

    public NormalizedText Finish() => new(_output.ToString(), _atStart);

    private static int Count(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private void Take(int characters, bool isOutput = true)
    {
        // A character stands at the place of the source's next one; one that is added, at the place of the one before.
        int place = characters == 0 ? Math.Max(_units - 1, 0) : _units;
        if (isOutput && place < source.AtStart)
        {
            _atStart = _output.Length;
        }

        for (; characters > 0 && _units < source.Text.Length; characters--)
        {
            _units += char.IsHighSurrogate(source.Text[_units]) ? 2 : 1;
        }
    }
}
