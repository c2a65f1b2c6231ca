namespace InferServe.Contracts.Errors;

/// <summary>Ends a request with an error answer.</summary>
public sealed class ApiException(ApiError error, Exception? innerException = null) : Exception(error.Message, innerException)
{
    /// <summary>The answer.</summary>
    public ApiError Error { get; } = error;
}
