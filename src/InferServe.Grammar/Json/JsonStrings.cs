using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Json;

/// <summary>Strings of RFC 8259, with their quotes.</summary>
internal static class JsonStrings
{
    /// <summary>Any string, with every escape that the RFC allows except those that write half a surrogate pair.</summary>
    public static DfaTerminal Free { get; } = new(BuildFree()) { IsShared = true };

    /// <summary>The text between the quotes in <see cref="TextForm.JsonString"/>: any string, each in one way.</summary>
    public static Dfa CanonicalBody { get; } = RegexCompiler.Compile(
        new RegexNode.Repetition(new RegexNode.Character(CharacterSet.All), 0, null), "JSON", TextForm.JsonString, search: false, NewBudget());

    /// <summary>Any string in <see cref="TextForm.JsonString"/>.</summary>
    public static DfaTerminal Canonical { get; } = new(Quote(CanonicalBody)) { IsShared = true };

    /// <summary>Puts quotes around what an automaton of bodies in <see cref="TextForm.JsonString"/> accepts; labels are kept.</summary>
    public static Dfa Quote(Dfa body)
    {
        // States: 0 before the quote, then those of the body, then one end for each label.
        var labels = Enumerable.Range(0, body.StateCount).Select(body.Label).Where(label => label != 0).Distinct().ToList();
        var classes = ByteClasses.Join(body, OnlyQuote);
        var count = classes.LeftClass.Length;
        var quote = classes.ClassOf['"'];
        var transitions = new int[(1 + body.StateCount + labels.Count) * count];
        Array.Fill(transitions, Dfa.Dead);
        var newLabels = new int[1 + body.StateCount + labels.Count];
        transitions[quote] = 1;
        for (var state = 0; state < body.StateCount; state++)
        {
            for (var @class = 0; @class < count; @class++)
            {
                var next = @class == quote ? Dfa.Dead : body.NextOfClass(state, classes.LeftClass[@class]);
                transitions[((1 + state) * count) + @class] = next == Dfa.Dead ? Dfa.Dead : 1 + next;
            }

            // A quote within the body is always behind a backslash; there the body's own transition stands.
            var escaped = body.Next(state, (byte)'"');
            transitions[((1 + state) * count) + quote] = escaped != Dfa.Dead ? 1 + escaped
                : body.IsAccepting(state) ? 1 + body.StateCount + labels.IndexOf(body.Label(state)) : Dfa.Dead;
        }

        for (var i = 0; i < labels.Count; i++)
        {
            newLabels[1 + body.StateCount + i] = labels[i];
        }

        return DfaBuilder.Trim(classes.ClassOf, count, transitions, newLabels);
    }

    private static Dfa OnlyQuote => RegexCompiler.CompileWhole("\"", "JSON", TextForm.Plain, NewBudget());

    private static CompileBudget NewBudget() => new(new GrammarLimits());

    private static Dfa BuildFree()
    {
        var budget = NewBudget();
        var nfa = new Nfa(budget);
        var (start, inside, end, unicode) = (nfa.AddState(), nfa.AddState(), nfa.AddState(), nfa.AddState());
        var (three, two, one, high, low) = (nfa.AddState(), nfa.AddState(), nfa.AddState(), nfa.AddState(), nfa.AddState());
        nfa.AddText(start, "\""u8, inside);
        nfa.AddText(inside, "\""u8, end);
        new CharacterWriter(nfa, TextForm.Plain).Add(inside, CharacterWriter.Unescaped, inside);
        var escape = nfa.AddState();
        nfa.AddText(inside, "\\"u8, escape);
        foreach (var letter in "\"\\/bfnrt"u8)
        {
            nfa.AddEdge(escape, letter, letter, inside);
        }

        nfa.AddText(escape, "u"u8, unicode);
        AddHex(nfa, unicode, "0123456789abcefABCEF"u8, three);
        AddHex(nfa, three, Hex, two);
        AddHex(nfa, two, Hex, one);
        AddHex(nfa, one, Hex, inside);

        // \ud000 to \ud7ff are characters; \ud800 to \udbff need a low half behind them.
        var surrogate = nfa.AddState();
        AddHex(nfa, unicode, "dD"u8, surrogate);
        AddHex(nfa, surrogate, "01234567"u8, two);
        AddHex(nfa, surrogate, "89abAB"u8, high);
        var (highLast, behind, behindD) = (nfa.AddState(), nfa.AddState(), nfa.AddState());
        AddHex(nfa, high, Hex, highLast);
        AddHex(nfa, highLast, Hex, behind);
        nfa.AddText(behind, "\\u"u8, low);
        AddHex(nfa, low, "dD"u8, behindD);
        AddHex(nfa, behindD, "cdefCDEF"u8, two);
        return SubsetConstruction.Determinize(nfa, start, end, budget);
    }

    private static ReadOnlySpan<byte> Hex => "0123456789abcdefABCDEF"u8;

    private static void AddHex(Nfa nfa, int source, ReadOnlySpan<byte> digits, int target)
    {
        foreach (var digit in digits)
        {
            nfa.AddEdge(source, digit, digit, target);
        }
    }
}
