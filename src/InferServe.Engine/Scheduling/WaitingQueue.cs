namespace InferServe.Engine.Scheduling;

/// <summary>The sequences without a row, in the order of <see cref="SchedulingPolicy.Precedes"/>. Engine thread only.</summary>
internal sealed class WaitingQueue
{
    private readonly LinkedList<Sequence> _sequences = [];
    private long _arrivals;

    public int Count => _sequences.Count;

    public IEnumerable<Sequence> All => _sequences;

    /// <summary>Adds a sequence that is new.</summary>
    public void Arrive(Sequence sequence)
    {
        sequence.Arrival = _arrivals++;
        _sequences.AddLast(sequence);
    }

    /// <summary>Adds a sequence that has lost its row.</summary>
    public void Return(Sequence sequence) => _sequences.AddFirst(sequence);

    public void Remove(Sequence sequence) => _sequences.Remove(sequence);

    /// <summary>The next sequence to start; samples of a prompt that another sample prefills wait for it.</summary>
    public Sequence? Next()
    {
        Sequence? next = null;
        foreach (Sequence sequence in _sequences)
        {
            if ((next is null || SchedulingPolicy.Precedes(KeyOf(sequence), KeyOf(next))) && !sequence.Group.IsPrefilling(sequence))
            {
                next = sequence;
            }
        }

        return next;
    }

    private static QueueKey KeyOf(Sequence sequence) =>
        new(sequence.Request.Priority, sequence.Preemptions > 0, sequence.Share!.Service, sequence.Arrival);
}
