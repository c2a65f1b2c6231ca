using System.Runtime.InteropServices;

namespace InferServe.Grammar.Machine;

/// <summary>
/// Collects one state: expressions are entered in the order of their ranks, so that all the ways to reach one meet before it is unfolded.
/// Work is kept on explicit queues and counted. Not thread-safe.
/// </summary>
internal sealed class StateBuilder(ContinuationPool pool, GrammarLimits limits)
{
    private readonly PriorityQueue<Expression, int> _order = new();
    private readonly Dictionary<Expression, List<Continuation>> _waiting = [];
    private readonly Dictionary<Expression, Continuation> _entered = [];
    private readonly Stack<Continuation> _returns = new();
    private readonly HashSet<Continuation> _returned = [];
    private readonly Dictionary<(Terminal, int), List<Continuation>> _items = [];
    private bool _canEnd;
    private long _steps;
    private long _poolSteps;

    public void Reset()
    {
        _order.Clear();
        _waiting.Clear();
        _entered.Clear();
        _returns.Clear();
        _returned.Clear();
        _items.Clear();
        _canEnd = false;
        _steps = 0;
        _poolSteps = pool.Steps;
        pool.LastStep = pool.Steps + limits.MaxStepsPerByte;
    }

    /// <summary>Steps since the last reset.</summary>
    public long Steps => _steps + pool.Steps - _poolSteps;

    /// <summary>Counts work that is done elsewhere.</summary>
    public void Spend(int steps) => _steps += steps;

    /// <summary>What a text ends with that needs more than <see cref="GrammarLimits.MaxStepsPerByte"/>.</summary>
    public static GrammarException TooManyWays() =>
        new($"The text so far can be read in too many ways: a byte needs more than {nameof(GrammarLimits.MaxStepsPerByte)} steps.");

    public Continuation Push(Frame frame, Continuation below) => pool.Push(frame, below);

    /// <summary>Whether an expression that needs so many levels has room on a stack of a depth.</summary>
    public bool Fits(int depth, int levels) => depth + (long)levels <= limits.MaxStackDepth;

    /// <summary>An expression may begin here. One that cannot be completed within the stack's bound is left out.</summary>
    public void Enter(Expression expression, Continuation continuation)
    {
        if (!Fits(continuation.Depth, expression.MinDepth))
        {
            return;
        }

        _steps++;
        if (expression is Terminal)
        {
            expression.Enter(continuation, this);
            return;
        }

        if (_waiting.TryGetValue(expression, out var other))
        {
            other.Add(continuation);
        }
        else
        {
            _waiting.Add(expression, [continuation]);
            _order.Enqueue(expression, expression.Rank);
        }
    }

    /// <summary>An expression is complete here.</summary>
    public void Return(Continuation continuation)
    {
        _steps++;
        if (_returned.Add(continuation))
        {
            _returns.Push(continuation);
        }
    }

    public void AddItem(Terminal terminal, int state, Continuation continuation)
    {
        _steps++;
        if (_items.TryGetValue((terminal, state), out var others))
        {
            others.Add(continuation);
        }
        else
        {
            _items.Add((terminal, state), [continuation]);
        }
    }

    /// <summary>Works off what was entered and returned; the items ordered, and whether the text may end.</summary>
    /// <exception cref="GrammarException">It takes too many steps.</exception>
    public ((Terminal Terminal, int State, Continuation Continuation)[] Items, bool CanEnd) Build()
    {
        while (true)
        {
            if (Steps > limits.MaxStepsPerByte)
            {
                throw TooManyWays();
            }

            if (_returns.TryPop(out var returned))
            {
                _canEnd |= returned.CanEnd;
                foreach (var (frame, below) in returned.Entries)
                {
                    _steps++;
                    frame.Resume(below, this);
                }
            }
            else if (_order.TryDequeue(out var expression, out _))
            {
                _waiting.Remove(expression, out var continuations);
                EnterNow(expression, pool.Union(CollectionsMarshal.AsSpan(continuations)));
            }
            else
            {
                break;
            }
        }

        var items = _items.Select(item => (item.Key.Item1, item.Key.Item2, pool.Union(CollectionsMarshal.AsSpan(item.Value)))).ToArray();
        Array.Sort(items, static (a, b) => a.Item1.Id != b.Item1.Id ? a.Item1.Id.CompareTo(b.Item1.Id) : a.Item2.CompareTo(b.Item2));
        return (items, _canEnd);
    }

    private void EnterNow(Expression expression, Continuation continuation)
    {
        if (_entered.TryGetValue(expression, out var before))
        {
            var both = pool.Union(before, continuation);
            if (ReferenceEquals(both, before))
            {
                return;
            }

            _entered[expression] = both;
        }
        else
        {
            _entered.Add(expression, continuation);
        }

        expression.Enter(continuation, this);
    }
}
