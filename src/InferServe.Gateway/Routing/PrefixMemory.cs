namespace InferServe.Gateway.Routing;

/// <summary>The beginnings of prompts that one worker has seen, the latest of them: what its prefix cache most likely holds.</summary>
internal sealed class PrefixMemory(int capacity = PrefixMemory.DefaultCapacity)
{
    /// <summary>Chunks remembered: 2 MiB of prompts.</summary>
    public const int DefaultCapacity = 8_192;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, LinkedListNode<int>> _nodes = [];
    private readonly LinkedList<int> _byUse = new();
    private int _process;

    /// <summary>How many chunks from the prompt's beginning on the worker has seen.</summary>
    /// <param name="process">The worker's process; another one has seen nothing.</param>
    /// <param name="prefix">See <see cref="PromptPrefix"/>.</param>
    public int Match(int process, IReadOnlyList<int> prefix)
    {
        lock (_lock)
        {
            var count = 0;
            while (process == _process && count < prefix.Count && _nodes.ContainsKey(prefix[count]))
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>The worker gets this prompt.</summary>
    public void Remember(int process, IReadOnlyList<int> prefix)
    {
        lock (_lock)
        {
            if (process != _process)
            {
                _nodes.Clear();
                _byUse.Clear();
                _process = process;
            }

            // From the end, so that beginnings outlive what follows them.
            for (var index = prefix.Count - 1; index >= 0; index--)
            {
                Touch(prefix[index]);
            }
        }
    }

    private void Touch(int hash)
    {
        if (_nodes.TryGetValue(hash, out var known))
        {
            _byUse.Remove(known);
            _byUse.AddFirst(known);
            return;
        }

        _nodes.Add(hash, _byUse.AddFirst(hash));
        if (_nodes.Count > capacity)
        {
            _nodes.Remove(_byUse.Last!.Value);
            _byUse.RemoveLast();
        }
    }
}
