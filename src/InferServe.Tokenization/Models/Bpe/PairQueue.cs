namespace InferServe.Tokenization.Models.Bpe;

/// <summary>
/// The pairs that may merge, by rank, then by place. Few ranks occur in one piece and places arise nearly in order, so the places of
/// each rank are a list of their own that is sorted when its turn comes: adding and taking cost a constant time nearly always, and
/// O(log n) at worst, where a heap of all pairs would miss the processor's cache at each step.
/// </summary>
internal sealed class PairQueue
{
    private readonly Dictionary<int, Bucket> _buckets = [];
    private readonly PriorityQueue<Bucket, int> _waiting = new();

    /// <summary>Adds a pair.</summary>
    public void Add(int rank, int place)
    {
        if (!_buckets.TryGetValue(rank, out Bucket? bucket))
        {
            _buckets.Add(rank, bucket = new Bucket());
        }

        if (bucket.IsEmpty)
        {
            _waiting.Enqueue(bucket, rank);
        }

        bucket.Add(place);
    }

    /// <summary>Takes the pair of lowest rank, of equals that of the lowest place.</summary>
    public bool TryTake(out int rank, out int place)
    {
        if (!_waiting.TryPeek(out Bucket? bucket, out rank))
        {
            place = 0;
            return false;
        }

        place = bucket.Take();
        if (bucket.IsEmpty)
        {
            _waiting.Dequeue();
        }

        return true;
    }

    /// <summary>The places of one rank.</summary>
    private sealed class Bucket
    {
        private readonly List<int> _places = [];

        // Places that came after the list was sorted: a merge can make a pair whose rank was passed, if two merges make its token.
        private readonly PriorityQueue<int, int> _late = new();
        private int _taken;
        private bool _isSorted;

        public bool IsEmpty => _places.Count == 0 && _late.Count == 0;

        public void Add(int place)
        {
            if (_isSorted)
            {
                _late.Enqueue(place, place);
            }
            else
            {
                _places.Add(place);
            }
        }

        public int Take()
        {
            if (!_isSorted)
            {
                _places.Sort();
                _isSorted = true;
            }

            bool isLate = _late.TryPeek(out int late, out _) && (_taken == _places.Count || late < _places[_taken]);
            int place = isLate ? _late.Dequeue() : _places[_taken++];
            if (_taken == _places.Count && _late.Count == 0)
            {
                _places.Clear();
                (_taken, _isSorted) = (0, false);
            }

            return place;
        }
    }
}
