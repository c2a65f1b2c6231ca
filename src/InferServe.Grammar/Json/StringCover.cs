using InferServe.Grammar.Automata;

namespace InferServe.Grammar.Json;

/// <summary>
/// Finds automata of strings whose content is never cut off: whatever has been written, any further character may follow, and only the
/// closing quote is decided. Their masks are those of any string apart from the tokens with the closing quote.
/// </summary>
internal static class StringCover
{
    /// <param name="dfa">An automaton of quoted strings in <see cref="Patterns.TextForm.JsonString"/>.</param>
    /// <returns>Shape [states]: the corresponding state of <see cref="JsonStrings.Canonical"/>; null when some content is cut off.</returns>
    public static int[]? Find(Dfa dfa)
    {
        var any = JsonStrings.Canonical.Dfa;
        var inside = any.Next(Dfa.Start, (byte)'"');
        var cover = new int[dfa.StateCount];
        Array.Fill(cover, Dfa.Dead);
        cover[Dfa.Start] = Dfa.Start;
        var pending = new Stack<int>();
        pending.Push(Dfa.Start);
        while (pending.TryPop(out var state))
        {
            for (var value = 0; value < 256; value++)
            {
                var next = dfa.Next(state, (byte)value);
                var anyNext = any.Next(cover[state], (byte)value);
                if (next == Dfa.Dead)
                {
                    var closes = value == '"' && cover[state] == inside;
                    if (anyNext != Dfa.Dead && !closes)
                    {
                        return null;
                    }

                    continue;
                }

                if (cover[next] == Dfa.Dead)
                {
                    cover[next] = anyNext;
                    pending.Push(next);
                }
                else if (cover[next] != anyNext)
                {
                    return null;
                }
            }
        }

        return cover;
    }
}
