namespace InferServe.Gateway.Supervision;

/// <summary>Where a worker stands.</summary>
/// <remarks>
/// <code>
///                 ready answers                    gateway stops, or the worker
///   ┌──► Starting ─────────────► Ready ─────────┐  is retired (from any state)
///   │       │                      │            ▼        │
///   │       │ exit, no start,      │ exit,      Stopping ◄┘
///   │       │ start takes too long │ not alive     │
///   │       ▼                      ▼               ▼
///   ├── BackingOff ◄───────────────┘            Stopped
///   │       │ too many short lives in a row
///   │       ▼
///   └──── Failed   (tries again, but seldom)
/// </code>
/// </remarks>
internal enum WorkerState
{
    /// <summary>The process runs and loads its model.</summary>
    Starting,

    /// <summary>The worker answers requests.</summary>
    Ready,

    /// <summary>The process ended; the next one starts after a short pause.</summary>
    BackingOff,

    /// <summary>The process ended soon after its start several times in a row; the next try is minutes away.</summary>
    Failed,

    /// <summary>The worker finishes what it has and exits.</summary>
    Stopping,

    /// <summary>No process, and none will start.</summary>
    Stopped,
}
