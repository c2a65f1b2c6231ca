namespace InferServe.Engine;

/// <summary>The engine at one moment, as seen from any thread. Never waits for the engine thread.</summary>
public sealed record EngineStatus
{
    /// <summary>Whether requests are taken.</summary>
    public required EngineState State { get; init; }

    /// <summary>What ended the loop, when <see cref="State"/> is <see cref="EngineState.Faulted"/>.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Sequences that hold a row, as of the latest step.</summary>
    public required int Running { get; init; }

    /// <summary>Requests that hold no row yet.</summary>
    public required int Waiting { get; init; }

    /// <summary>Rows of KV memory: the most sequences that run at the same time.</summary>
    public required int Rows { get; init; }

    /// <summary>Tokens in KV memory, as of the latest step.</summary>
    public required long KvTokensUsed { get; init; }

    /// <summary>Tokens that fit in KV memory at the same time.</summary>
    public required long KvTokenCapacity { get; init; }

    /// <summary>Share of KV memory in use, in [0, 1].</summary>
    public double KvUsageRatio => (double)KvTokensUsed / KvTokenCapacity;

    /// <summary>Tokens in the prefix cache, as of the latest step.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Tokens that fit in the prefix cache.</summary>
    public long CachedTokenCapacity { get; init; }

    /// <summary>Steps so far, failed ones included.</summary>
    public required long Steps { get; init; }

    /// <summary>How many steps failed in a row up to now; 0 after a step that ran.</summary>
    public required int ConsecutiveFailures { get; init; }

    /// <summary>
    /// For how long the engine thread has had work without completing a step; zero while it is idle. A value far above the longest
    /// step means that it is stuck.
    /// </summary>
    public required TimeSpan SinceProgress { get; init; }
}
