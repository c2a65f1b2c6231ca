namespace InferServe.Contracts.Errors;

/// <summary>Values of an error's <c>type</c>: the broad kind, which official clients map to their exception classes.</summary>
public static class ErrorTypes
{
    /// <summary>The request is wrong and will fail again if it is repeated unchanged.</summary>
    public const string InvalidRequest = "invalid_request_error";

    /// <summary>Too many requests; the same one may succeed later.</summary>
    public const string RateLimit = "rate_limit_error";

    /// <summary>The server failed, or cannot answer now.</summary>
    public const string Server = "server_error";
}
