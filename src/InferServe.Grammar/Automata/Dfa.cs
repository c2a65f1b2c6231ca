namespace InferServe.Grammar.Automata;

/// <summary>
/// A deterministic automaton over bytes. State 0 is the start. Every state can reach an accepting one, except the start of the empty
/// language, so following a transition never leads into a dead end. Immutable.
/// </summary>
internal sealed class Dfa
{
    public const int Dead = -1;
    public const int Start = 0;

    private readonly byte[] _classOf;
    private readonly int[] _transitions;
    private readonly int[] _labels;
    private readonly bool[] _continues;

    /// <param name="classOf">Shape [256]: bytes with the same number behave alike.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="transitions">Shape [states, classes]: the next state or <see cref="Dead"/>.</param>
    /// <param name="labels">Shape [states]: 0 where the state does not accept, else what it accepts.</param>
    public Dfa(byte[] classOf, int classCount, int[] transitions, int[] labels)
    {
        _classOf = classOf;
        ClassCount = classCount;
        _transitions = transitions;
        _labels = labels;
        _continues = new bool[labels.Length];
        for (var state = 0; state < labels.Length; state++)
        {
            _continues[state] = transitions.AsSpan(state * classCount, classCount).ContainsAnyExcept(Dead);
        }

        IsEmpty = labels.All(label => label == 0);
    }

    public int ClassCount { get; }

    public int StateCount => _labels.Length;

    /// <summary>Whether no text at all is accepted.</summary>
    public bool IsEmpty { get; }

    public ReadOnlySpan<byte> ClassOf => _classOf;

    public ReadOnlySpan<int> Transitions => _transitions;

    public int Next(int state, byte value) => _transitions[(state * ClassCount) + _classOf[value]];

    public int NextOfClass(int state, int @class) => _transitions[(state * ClassCount) + @class];

    /// <summary>0 where the state does not accept.</summary>
    public int Label(int state) => _labels[state];

    public bool IsAccepting(int state) => _labels[state] != 0;

    /// <summary>Whether any byte may follow.</summary>
    public bool Continues(int state) => _continues[state];

    /// <summary>The label of the whole text, 0 when it is not accepted.</summary>
    public int Match(ReadOnlySpan<byte> text)
    {
        var state = Start;
        foreach (var value in text)
        {
            state = Next(state, value);
            if (state == Dead)
            {
                return 0;
            }
        }

        return _labels[state];
    }
}
