namespace InferServe.Grammar.Machine;

/// <summary>Makes equal continuations the same object. Not thread-safe.</summary>
internal sealed class ContinuationPool
{
    // Stacks that differ only below this many common frames stay separate entries, which means the same.
    private const int MaxMergeDepth = 32;

    private readonly Dictionary<Continuation, Continuation> _known = new(Comparer.Instance);

    public int Count => _known.Count;

    public void Clear() => _known.Clear();

    /// <summary>The continuation with one more frame on top.</summary>
    public Continuation Push(Frame frame, Continuation below) => Intern(new Continuation(false, [(frame, below)]));

    /// <summary>All stacks of both.</summary>
    public Continuation Union(Continuation left, Continuation right) => Union(left, right, 0);

    private Continuation Union(Continuation left, Continuation right, int depth)
    {
        if (ReferenceEquals(left, right))
        {
            return left;
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

        return Intern(new Continuation(left.CanEnd || right.CanEnd, [.. entries]));
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
