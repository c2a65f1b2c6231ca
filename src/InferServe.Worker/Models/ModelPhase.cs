namespace InferServe.Worker.Models;

/// <summary>Where the worker's model stands.</summary>
/// <remarks>
/// <code>
///   Loading ──loaded, warm──► Ready ──told to stop──► Draining
///      │  └────────────────told to stop─────────────────▲
///      └──load fails──► Failed (the process ends)
/// </code>
/// </remarks>
internal enum ModelPhase
{
    /// <summary>The files are read and the first tokens generated.</summary>
    Loading,

    /// <summary>Requests are taken.</summary>
    Ready,

    /// <summary>No request is taken any more; running ones finish.</summary>
    Draining,

    /// <summary>The model cannot be served; the process is about to end.</summary>
    Failed,
}
