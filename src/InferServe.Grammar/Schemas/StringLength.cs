using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Json;

namespace InferServe.Grammar.Schemas;

/// <summary>Counts the characters of strings that an automaton accepts.</summary>
internal static class StringLength
{
    /// <param name="body">An automaton of bodies in <see cref="Patterns.TextForm.JsonString"/>.</param>
    /// <param name="min">Fewest characters.</param>
    /// <param name="max">Most characters.</param>
    /// <param name="budget">Bounds the work.</param>
    public static Dfa Restrict(Dfa body, int min, int? max, CompileBudget budget)
    {
        // Counts above the last one are alike.
        var last = max ?? min;
        var any = JsonStrings.CanonicalBody;
        var (classOf, bodyClass, anyClass) = ByteClasses.Join(body, any);
        return DfaBuilder.Explore(
            (Body: Dfa.Start, Any: Dfa.Start, Count: 0),
            classOf,
            bodyClass.Length,
            (state, @class) =>
            {
                var next = body.NextOfClass(state.Body, bodyClass[@class]);
                if (next == Dfa.Dead)
                {
                    return (false, state);
                }

                // A character begins wherever a string could end.
                var begins = any.IsAccepting(state.Any);
                if (begins && state.Count == max)
                {
                    return (false, state);
                }

                return (true, (next, any.NextOfClass(state.Any, anyClass[@class]), begins ? Math.Min(state.Count + 1, last) : state.Count));
            },
            state => state.Count >= min ? body.Label(state.Body) : 0,
            budget);
    }
}
