using InferServe.Grammar.Constraints;

namespace InferServe.Grammar.Compilation;

/// <summary>Keeps the grammars used last, bounded in number and bytes; the same grammar is compiled by one caller while others wait. Thread-safe.</summary>
internal sealed class GrammarCache(int maxEntries, long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The kept grammar, or the one that <paramref name="compile"/> makes. What it throws is not kept.</summary>
    public ITokenGrammar GetOrAdd(string key, Func<IKeptGrammar> compile)
    {
        LinkedListNode<Entry> node;
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out node!))
            {
                _byUse.Remove(node);
            }
            else
            {
                node = new LinkedListNode<Entry>(new Entry(key, new Lazy<IKeptGrammar>(compile)));
                _entries.Add(key, node);
            }

            _byUse.AddFirst(node);
        }

        try
        {
            var grammar = node.Value.Grammar.Value;
            RemoveExcess();
            return grammar;
        }
        catch
        {
            lock (_gate)
            {
                Remove(node);
            }

            throw;
        }
    }

    private void RemoveExcess()
    {
        lock (_gate)
        {
            var bytes = _byUse.Sum(entry => entry.Bytes);
            while (_byUse.Last is { } last && last != _byUse.First && (_entries.Count > maxEntries || bytes > maxBytes))
            {
                bytes -= last.Value.Bytes;
                Remove(last);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        if (_entries.TryGetValue(node.Value.Key, out var current) && current == node)
        {
            _entries.Remove(node.Value.Key);
            _byUse.Remove(node);
        }
    }

    private sealed record Entry(string Key, Lazy<IKeptGrammar> Grammar)
    {
        // Twice the key: the grammar's automata are about as large as its text.
        public long Bytes => (Key.Length * 4L) + (Grammar.IsValueCreated ? Grammar.Value.KeptBytes : 0);
    }
}
