namespace InferServe.Engine.Scheduling;

/// <summary>
/// Where a sequence is in its life.
/// <code>
///   Waiting ──row, memory and budget──► Running ──stop token, limit──► Finished
///      ▲ │                                │ │                             ▲
///      └─┼────── KV memory runs out ──────┘ │                             │
///        └────────────── cancelled, failed ─┴─────────────────────────────┘
/// </code>
/// A sequence that loses its row before it ends keeps its tokens; an ordinary one runs them again as a prompt, a reproducible one gets
/// its saved keys and values back.
/// </summary>
internal enum SequenceStatus
{
    /// <summary>In the queue; holds no row.</summary>
    Waiting,

    /// <summary>Holds a row; first its prompt is prefilled, then it decodes.</summary>
    Running,

    /// <summary>Holds nothing; its last output is published.</summary>
    Finished,
}
