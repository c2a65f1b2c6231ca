namespace InferServe.Engine.Admission;

/// <summary>The engine has as many requests as it takes: all rows are used and the queue is full. Try again later.</summary>
public sealed class QueueFullException(int maxSequences, int queueLimit) : Exception(
    $"The queue is full: {maxSequences} sequences run and {queueLimit} more wait, which is the limit.")
{
    /// <summary>How many requests may wait (<see cref="EngineOptions.QueueLimit"/>).</summary>
    public int QueueLimit { get; } = queueLimit;
}
