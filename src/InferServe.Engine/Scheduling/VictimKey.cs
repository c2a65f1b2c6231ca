namespace InferServe.Engine.Scheduling;

/// <summary>What decides who loses its row.</summary>
/// <param name="Priority">Lower runs earlier.</param>
/// <param name="IsReproducible">Whether its keys and values have to be saved.</param>
/// <param name="Arrival">Place in the order of arrival.</param>
internal readonly record struct VictimKey(int Priority, bool IsReproducible, long Arrival);
