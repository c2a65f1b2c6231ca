using InferServe.Grammar.Automata;

namespace InferServe.Grammar.Patterns;

/// <summary>Writes a regular expression into an <see cref="Nfa"/> (Thompson's construction). Recursion is bounded by the nesting limit.</summary>
internal sealed class RegexNfaWriter(Nfa nfa, TextForm form, string where)
{
    public CharacterWriter Characters { get; } = new(nfa, form);

    public void Add(RegexNode node, int source, int target)
    {
        switch (node)
        {
            case RegexNode.Nothing:
                nfa.AddEmpty(source, target);
                break;
            case RegexNode.Character character:
                Characters.Add(source, character.Set, target);
                break;
            case RegexNode.StartAnchor:
                nfa.AddEmpty(source, target, NfaAnchor.Start);
                break;
            case RegexNode.EndAnchor:
                nfa.AddEmpty(source, target, NfaAnchor.End);
                break;
            case RegexNode.Sequence sequence:
                AddSequence(sequence.Parts, source, target);
                break;
            case RegexNode.Alternation alternation:
                foreach (var branch in alternation.Branches)
                {
                    // A branch gets states of its own, so that loops at its ends stay within it.
                    var (start, end) = (nfa.AddState(), nfa.AddState());
                    nfa.AddEmpty(source, start);
                    Add(branch, start, end);
                    nfa.AddEmpty(end, target);
                }

                break;
            case RegexNode.Repetition repetition:
                AddRepetition(repetition, source, target);
                break;
            default:
                throw new GrammarException($"{where}: regular expression: look-ahead is supported only directly behind a leading '^'.");
        }
    }

    private void AddSequence(IReadOnlyList<RegexNode> parts, int source, int target)
    {
        var state = source;
        foreach (var part in parts)
        {
            var next = nfa.AddState();
            Add(part, state, next);
            state = next;
        }

        nfa.AddEmpty(state, target);
    }

    private void AddRepetition(RegexNode.Repetition repetition, int source, int target)
    {
        var state = source;
        for (var i = 0; i < repetition.Min; i++)
        {
            var next = nfa.AddState();
            Add(repetition.Part, state, next);
            state = next;
        }

        if (repetition.Max is not { } max)
        {
            var loop = nfa.AddState();
            var back = nfa.AddState();
            nfa.AddEmpty(state, loop);
            Add(repetition.Part, loop, back);
            nfa.AddEmpty(back, loop);
            nfa.AddEmpty(loop, target);
            return;
        }

        for (var i = repetition.Min; i < max; i++)
        {
            nfa.AddEmpty(state, target);
            var next = nfa.AddState();
            Add(repetition.Part, state, next);
            state = next;
        }

        nfa.AddEmpty(state, target);
    }
}
