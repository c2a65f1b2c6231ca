namespace InferServe.Engine.Model;

/// <summary>A model run failed.</summary>
public sealed class ModelRunException(string message, Exception? innerException = null) : Exception(message, innerException);
