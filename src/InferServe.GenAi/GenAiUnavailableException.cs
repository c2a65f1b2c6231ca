namespace InferServe.GenAi;

/// <summary>The GenAI library is not part of this build, or cannot load the model.</summary>
public sealed class GenAiUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
