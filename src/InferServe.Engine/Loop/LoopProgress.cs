namespace InferServe.Engine.Loop;

/// <summary>How far the engine thread has come: an immutable snapshot that it replaces after each step.</summary>
internal sealed record LoopProgress
{
    public int Running { get; init; }

    public long KvTokensUsed { get; init; }

    public long CachedTokens { get; init; }

    public long Steps { get; init; }

    public int ConsecutiveFailures { get; init; }

    /// <summary>True while the loop waits for a command.</summary>
    public bool Idle { get; init; } = true;

    /// <summary>Timestamp of the latest step's end or of the latest waking up.</summary>
    public long Timestamp { get; init; }
}
