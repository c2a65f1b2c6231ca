namespace InferServe.LoadTests.Running;

/// <summary>The server cannot be measured; the message says why, without keys.</summary>
internal sealed class ServerException(string message) : Exception(message);
