namespace InferServe.Engine.Scheduling;

/// <summary>What decides who is next.</summary>
/// <param name="Priority">Lower runs earlier.</param>
/// <param name="WasPreempted">Whether the sequence has run before.</param>
/// <param name="Service">What its tenant has had.</param>
/// <param name="Arrival">Place in the order of arrival.</param>
internal readonly record struct QueueKey(int Priority, bool WasPreempted, long Service, long Arrival);
