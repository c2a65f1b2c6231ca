namespace InferServe.Engine.Admission;

/// <summary>The engine has stopped after an unexpected exception (the inner one) and takes no more requests.</summary>
public sealed class EngineFaultedException(Exception? innerException) : Exception(
    $"The engine has stopped after an unexpected error: {innerException?.Message}", innerException);
