namespace InferServe.Worker.Generation;

/// <summary>How a request can end without a finish reason of its own; beside those, values of a metric's label.</summary>
internal static class Outcomes
{
    /// <summary>The client went away.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The server gave up.</summary>
    public const string Error = "error";
}
