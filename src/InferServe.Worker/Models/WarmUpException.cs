namespace InferServe.Worker.Models;

/// <summary>The model was loaded but generates nothing.</summary>
internal sealed class WarmUpException(string message) : Exception(message);
