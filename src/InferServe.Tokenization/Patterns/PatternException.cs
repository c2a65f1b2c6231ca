namespace InferServe.Tokenization.Patterns;

/// <summary>A regular expression is malformed or uses something that is not supported.</summary>
internal sealed class PatternException(string message, Exception? innerException = null) : Exception(message, innerException);
