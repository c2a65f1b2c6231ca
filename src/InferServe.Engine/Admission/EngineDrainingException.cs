namespace InferServe.Engine.Admission;

/// <summary>The engine takes no more requests because it shuts down.</summary>
public sealed class EngineDrainingException() : Exception("The engine is shutting down and takes no more requests.");
