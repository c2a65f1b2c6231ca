namespace InferServe.Engine.Kv;

/// <summary>The first <paramref name="Length"/> positions of row <paramref name="Source"/> go to the unused row <paramref name="Destination"/>.</summary>
internal readonly record struct RowMove(int Source, int Destination, int Length);
