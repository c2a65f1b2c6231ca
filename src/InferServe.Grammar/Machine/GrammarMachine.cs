using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Machine;

/// <summary>
/// A compiled grammar as an automaton over bytes whose states are made when they are first needed. Thread-safe: remembered transitions
/// are read without a lock, new states are made under one.
/// </summary>
internal sealed class GrammarMachine
{
    /// <summary>Each item of a state is asked about every byte when the state is made.</summary>
    private const long StepsOfItem = 4;

    private readonly Lock _gate = new();
    private readonly Expression _root;
    private readonly IReadOnlyList<Expression> _expressions;
    private readonly ContinuationPool _pool = new();
    private readonly StateBuilder _builder;
    private readonly Dictionary<MachineState, MachineState> _states = new(StateComparer.Instance);
    private MachineState _start;
    private long _keptBytes;

    public GrammarMachine(Expression root, GrammarLimits limits)
    {
        _root = root;
        Limits = limits;
        _expressions = ExpressionAnalysis.Prepare(root);
        if (root.MinDepth > limits.MaxStackDepth)
        {
            throw new GrammarException(root.IsProductive
                ? $"The shortest text of the grammar needs {root.MinDepth} stack levels; {nameof(GrammarLimits.MaxStackDepth)} is {limits.MaxStackDepth}."
                : "No text satisfies the grammar: its constraints contradict each other or it never ends.");
        }

        _builder = new StateBuilder(_pool, limits);
        _start = Begin();
    }

    public GrammarLimits Limits { get; }

    /// <summary>Memory taken by states and masks, about.</summary>
    public long KeptBytes => Interlocked.Read(ref _keptBytes);

    /// <summary>The state before the first byte.</summary>
    public MachineState Start => Volatile.Read(ref _start);

    /// <summary>The state after the byte, or null when the grammar does not allow it.</summary>
    /// <param name="state">Where the text stands.</param>
    /// <param name="value">The next byte.</param>
    /// <param name="meter">Counts what is not known yet.</param>
    /// <exception cref="GrammarException">It takes too many steps.</exception>
    public MachineState? Next(MachineState state, byte value, WorkMeter meter)
    {
        if (!state.Allows(value))
        {
            return null;
        }

        return state.RememberedNext(value) ?? MakeNext(state, value, meter);
    }

    /// <summary>The state after the text, or null.</summary>
    public MachineState? Next(MachineState state, ReadOnlySpan<byte> text, WorkMeter meter)
    {
        foreach (var value in text)
        {
            if (Next(state, value, meter) is not { } next)
            {
                return null;
            }

            state = next;
        }

        return state;
    }

    /// <summary>The state after a token that the grammar asks for by its number, or null when it does not.</summary>
    public MachineState? NextToken(MachineState state, int token, WorkMeter meter)
    {
        lock (_gate)
        {
            _builder.Reset();
            var found = false;
            foreach (var (terminal, _, continuation) in state.Items)
            {
                if (terminal is TokenTerminal expected && expected.Token == token)
                {
                    found = true;
                    _builder.Return(continuation);
                }
            }

            return found ? Intern(meter) : null;
        }
    }

    /// <summary>The state behind a terminal that ends in the given state, or null when nothing may follow.</summary>
    public MachineState? After(Terminal terminal, int terminalState, Continuation continuation, WorkMeter meter)
    {
        lock (_gate)
        {
            _builder.Reset();
            terminal.Complete(terminalState, continuation, _builder);
            var state = Intern(meter);
            return state.Items.Length == 0 && !state.CanEnd ? null : state;
        }
    }

    /// <summary>Counts bytes kept beside the states, and forgets all states when they are too many.</summary>
    public void Keep(long bytes)
    {
        lock (_gate)
        {
            _keptBytes += bytes;
            if (_keptBytes > Limits.MaxCachedBytes)
            {
                Forget();
            }
        }
    }

    private MachineState MakeNext(MachineState state, byte value, WorkMeter meter)
    {
        lock (_gate)
        {
            if (state.RememberedNext(value) is { } known)
            {
                return known;
            }

            _builder.Reset();
            foreach (var (terminal, terminalState, continuation) in state.Items)
            {
                var next = terminal.Next(terminalState, value);
                if (next == Terminal.Dead)
                {
                    continue;
                }

                if (terminal.IsAccepting(next))
                {
                    terminal.Complete(next, continuation, _builder);
                }

                if (terminal.Continues(next))
                {
                    _builder.AddItem(terminal, next, continuation);
                }
            }

            var made = Intern(meter);
            state.Remember(value, made);
            return made;
        }
    }

    private MachineState Begin()
    {
        _builder.Reset();
        _builder.Enter(_root, Continuation.End);
        return Intern(new WorkMeter(Limits));
    }

    private MachineState Intern(WorkMeter meter)
    {
        var (items, canEnd) = _builder.Build();
        meter.Spend(_builder.Steps + (StepsOfItem * items.Length));
        var candidate = new MachineState(items, canEnd);
        if (_states.TryGetValue(candidate, out var known))
        {
            return known;
        }

        const int bytesOfState = 400;
        const int bytesOfItem = 64;
        _keptBytes += bytesOfState + (items.Length * bytesOfItem);
        if (_keptBytes > Limits.MaxCachedBytes)
        {
            Forget();
        }

        _states.Add(candidate, candidate);
        return candidate;
    }

    /// <summary>States in use stay valid: they hold all they need; only what is made later is no longer shared with them.</summary>
    private void Forget()
    {
        _keptBytes = 0;
        _states.Clear();
        _pool.Clear();
        foreach (var expression in _expressions)
        {
            expression.ClearCaches();
        }

        // The start would otherwise keep all the states alive that were ever reached from it.
        var start = new MachineState(_start.Items, _start.CanEnd);
        Volatile.Write(ref _start, start);
    }

    private sealed class StateComparer : IEqualityComparer<MachineState>
    {
        public static readonly StateComparer Instance = new();

        public bool Equals(MachineState? x, MachineState? y) =>
            x!.CanEnd == y!.CanEnd && x.Items.AsSpan().SequenceEqual(y.Items);

        public int GetHashCode(MachineState obj)
        {
            var hash = new HashCode();
            hash.Add(obj.CanEnd);
            foreach (var (terminal, state, continuation) in obj.Items)
            {
                hash.Add(terminal.Id);
                hash.Add(state);
                hash.Add(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(continuation));
            }

            return hash.ToHashCode();
        }
    }
}
