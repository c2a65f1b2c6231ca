namespace InferServe.Engine.Scheduling;

/// <summary>
/// Where a sequence is in its life.
/// <code>
///   Waiting ──row and budget──► Running ──stop token, limit──► Finished
///      └────────── cancelled, failed ──────────────────────────────▲
/// </code>
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
