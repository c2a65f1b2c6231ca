namespace InferServe.Grammar.Machine;

/// <summary>Makes equal continuations the same object. Not thread-safe.</summary>
internal sealed class ContinuationPool
{
    // Stacks that differ only below this many common frames stay separate entries, which means the same.
    private const int MaxMergeDepth = 32;

    private const int MaxRemembered = 10_000;

    private readonly Dictionary<Continuation, Continuation> _known = new(Comparer.Instance);
    private readonly Dictionary<(Continuation, Continuation), Continuation> _unions = [];

    public int Count => _known.Count;

    /// <summary>Steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The number of steps at which unions fail.</summary>
    public long LastStep { get; set; } = long.MaxValue;

    public void Clear()
    {
        _known.Clear();
        _unions.Clear();
    }

    /// <summary>The continuation with one more frame on top.</summary>
    public Continuation Push(Frame frame, Continuation below) => Intern(new Continuation(false, [(frame, below)]));

    /// <summary>All stacks of both.</summary>
    /// <exception cref="GrammarException">It takes more than <see cref="LastStep"/>.</exception>
    public Continuation Union(Continuation left, Continuation right) => Union(left, right, 0);

    /// <summary>All stacks of all.</summary>
    /// <exception cref="GrammarException">It takes more than <see cref="LastStep"/>.</exception>
    public Continuation Union(ReadOnlySpan<Continuation> all) => all.Length == 1
        ? all[0]
        : Union(Union(all[..(all.Length / 2)]), Union(all[(all.Length / 2)..]), 0);

    private Continuation Union(Continuation left, Continuation right, int depth)
    {
        if (ReferenceEquals(left, right))
        {
            return left;
        }

        if (depth < MaxMergeDepth && _unions.TryGetValue((left, right), out var known))
        {
            return known;
        }

        Steps += left.Entries.Length + right.Entries.Length;
        if (Steps > LastStep)
        {
            throw StateBuilder.TooManyWays();
        }

        var entries = new List<(Frame Frame, Continuation Below)>(left.Entries.Length + right.Entries.Length);
        var (i, j) = (0, 0);
        while (i < left.Entries.Length || j < right.Entries.Length)
        {
            var order = i == left.Entries.Length ? 1
                : j == right.Entries.Length ? -1
                : left.Entries[i].Frame.Id.CompareTo(right.Entries[j].Frame.Id);
            if (order != 0)
            {
                entries.Add(order < 0 ? left.Entries[i++] : right.Entries[j++]);
                continue;
            }

            var (a, b) = (left.Entries[i++], right.Entries[j++]);
            if (ReferenceEquals(a.Below, b.Below))
            {
                entries.Add(a);
            }
            else if (depth < MaxMergeDepth)
            {
                entries.Add((a.Frame, Union(a.Below, b.Below, depth + 1)));
            }
            else
            {
                entries.Add(a);
                entries.Add(b);
            }
        }

        var union = Intern(new Continuation(left.CanEnd || right.CanEnd, [.. entries]));
        if (depth == 0)
        {
            Remember(left, right, union);
        }

        return union;
    }

    private void Remember(Continuation left, Continuation right, Continuation union)
    {
        if (_unions.Count >= MaxRemembered)
        {
            _unions.Clear();
        }

        _unions[(left, right)] = union;
    }

    private Continuation Intern(Continuation candidate)
    {
        if (candidate.Entries.Length == 0)
        {
            return Continuation.End;
        }

        if (_known.TryGetValue(candidate, out var known))
        {
            return known;
        }

        _known.Add(candidate, candidate);
        return candidate;
    }

    private sealed class Comparer : IEqualityComparer<Continuation>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(Continuation? x, Continuation? y)
        {
            if (x!.CanEnd != y!.CanEnd || x.Entries.Length != y.Entries.Length)
            {
                return false;
            }

            for (var i = 0; i < x.Entries.Length; i++)
            {
                if (!ReferenceEquals(x.Entries[i].Frame, y.Entries[i].Frame) || !ReferenceEquals(x.Entries[i].Below, y.Entries[i].Below))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(Continuation obj)
        {
            var hash = new HashCode();
            hash.Add(obj.CanEnd);
            foreach (var (frame, below) in obj.Entries)
            {
                hash.Add(frame.Id);
                hash.Add(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(below));
            }

            return hash.ToHashCode();
        }
    }
}
