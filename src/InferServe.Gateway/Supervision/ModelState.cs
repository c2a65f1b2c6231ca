namespace InferServe.Gateway.Supervision;

/// <summary>Where a model stands: as near to answering as its best worker.</summary>
internal enum ModelState
{
    /// <summary>A worker answers requests.</summary>
    Ready,

    /// <summary>Its workers run but have lost several requests in a row; they get none for a while.</summary>
    PutAside,

    /// <summary>A worker loads the model.</summary>
    Starting,

    /// <summary>The model is asked for and waits until others have made room in memory.</summary>
    WaitingForMemory,

    /// <summary>Its worker ended and starts again after a short pause.</summary>
    BackingOff,

    /// <summary>Its workers ended soon after their start several times in a row.</summary>
    Failed,

    /// <summary>Its workers finish what they have and exit.</summary>
    Stopping,

    /// <summary>No worker runs; a request starts one.</summary>
    Unloaded,

    /// <summary>No worker runs, and none starts until the administration says so.</summary>
    Held,

    /// <summary>None of its workers on other machines answers.</summary>
    Unreachable,
}
