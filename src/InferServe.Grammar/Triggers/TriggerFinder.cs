namespace InferServe.Grammar.Triggers;

/// <summary>
/// Finds the first of several texts in bytes that arrive one by one (Aho and Corasick 1975). State 0 is the start: nothing of any text
/// has been seen. Immutable.
/// </summary>
internal sealed class TriggerFinder
{
    private readonly List<int[]> _next = [NewRow()];
    private readonly List<int> _found = [-1];

    /// <param name="texts">The bytes of the texts; none is empty.</param>
    public TriggerFinder(IReadOnlyList<byte[]> texts)
    {
        for (var text = 0; text < texts.Count; text++)
        {
            var state = 0;
            foreach (var value in texts[text])
            {
                if (_next[state][value] < 0)
                {
                    _next[state][value] = _next.Count;
                    _next.Add(NewRow());
                    _found.Add(-1);
                }

                state = _next[state][value];
            }

            _found[state] = _found[state] < 0 ? text : _found[state];
        }

        Complete();
    }

    public int StateCount => _next.Count;

    public int Next(int state, byte value) => _next[state][value];

    /// <summary>The text that ends at a state, or -1.</summary>
    public int Found(int state) => _found[state];

    private static int[] NewRow()
    {
        var row = new int[256];
        Array.Fill(row, -1);
        return row;
    }

    /// <summary>Gives every state a next state for every byte: that of its longest proper suffix where it has none of its own.</summary>
    private void Complete()
    {
        var suffix = new int[_next.Count];
        var queue = new Queue<int>();
        queue.Enqueue(0);
        while (queue.TryDequeue(out var state))
        {
            for (var value = 0; value < 256; value++)
            {
                var fallback = state == 0 ? 0 : _next[suffix[state]][value];
                var child = _next[state][value];
                if (child < 0)
                {
                    _next[state][value] = fallback;
                    continue;
                }

                suffix[child] = fallback;
                _found[child] = _found[child] >= 0 ? _found[child] : _found[fallback];
                queue.Enqueue(child);
            }
        }
    }
}
