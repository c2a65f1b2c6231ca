namespace InferServe.Tokenization;

/// <summary>
/// A tokenizer's files are missing, malformed, or ask for something that is not supported. The message names the file, the place in
/// it, the rule and the given value.
/// </summary>
public sealed class TokenizerLoadException(string message, Exception? innerException = null) : Exception(message, innerException);
