namespace InferServe.Engine;

/// <summary>
/// What the engine does with requests.
/// <code>
///   Serving ──DrainAsync──► Draining ──DisposeAsync──► Stopped
///      └──────── unexpected exception ────────► Faulted
/// </code>
/// </summary>
public enum EngineState
{
    /// <summary>Takes and runs requests.</summary>
    Serving,

    /// <summary>Takes no more requests; runs those it has.</summary>
    Draining,

    /// <summary>The loop has ended as asked.</summary>
    Stopped,

    /// <summary>The loop has ended by an unexpected exception; see <see cref="EngineStatus.Fault"/>.</summary>
    Faulted,
}
