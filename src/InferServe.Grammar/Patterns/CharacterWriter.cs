using System.Text;
using InferServe.Grammar.Automata;

namespace InferServe.Grammar.Patterns;

/// <summary>Adds one character of a set to an <see cref="Nfa"/>, in a <see cref="TextForm"/>.</summary>
internal sealed class CharacterWriter(Nfa nfa, TextForm form)
{
    private static readonly CharacterSet s_escaped = new([(0, 0x1F), ('"', '"'), ('\\', '\\')]);

    private readonly Dictionary<CharacterSet, List<(byte Low, byte High)[]>> _sequences = [];

    /// <summary>The characters that JSON writes without an escape.</summary>
    public static CharacterSet Unescaped { get; } = s_escaped.Complement();

    /// <summary>The one way in which a character is written.</summary>
    public static byte[] Write(Rune rune, TextForm form)
    {
        if (form == TextForm.JsonString && Escape(rune.Value) is { } escape)
        {
            return Encoding.ASCII.GetBytes(escape);
        }

        var bytes = new byte[rune.Utf8SequenceLength];
        rune.EncodeToUtf8(bytes);
        return bytes;
    }

    /// <summary>The text in the form; lone surrogates become U+FFFD.</summary>
    public static byte[] Write(string text, TextForm form) => [.. text.EnumerateRunes().SelectMany(rune => Write(rune, form))];

    /// <summary>Adds paths for every character of the set from one state to another.</summary>
    public void Add(int source, CharacterSet set, int target)
    {
        if (!_sequences.TryGetValue(set, out var sequences))
        {
            _sequences.Add(set, sequences = [.. Sequences(set)]);
        }

        // Sequences with equal ends share states.
        var shared = new Dictionary<(int Target, byte Low, byte High), int>();
        foreach (var sequence in sequences)
        {
            var next = target;
            for (var i = sequence.Length - 1; i > 0; i--)
            {
                var (low, high) = sequence[i];
                if (!shared.TryGetValue((next, low, high), out var state))
                {
                    state = nfa.AddState();
                    nfa.AddEdge(state, low, high, next);
                    shared.Add((next, low, high), state);
                }

                next = state;
            }

            nfa.AddEdge(source, sequence[0].Low, sequence[0].High, next);
        }
    }

    private static string? Escape(int scalar) => scalar switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < 0x20 => $"\\u{scalar:x4}",
        _ => null,
    };

    private IEnumerable<(byte Low, byte High)[]> Sequences(CharacterSet set)
    {
        var raw = form == TextForm.Plain ? set : set.Intersect(Unescaped);
        foreach (var (low, high) in raw.Intervals)
        {
            foreach (var sequence in Utf8Ranges.Split(low, high))
            {
                yield return sequence;
            }
        }

        if (form == TextForm.Plain)
        {
            yield break;
        }

        foreach (var (low, high) in set.Intersect(s_escaped).Intervals)
        {
            for (var scalar = low; scalar <= high; scalar++)
            {
                yield return [.. Encoding.ASCII.GetBytes(Escape(scalar)!).Select(value => (value, value))];
            }
        }
    }
}
