namespace InferServe.Contracts.Errors;

/// <summary>Values of an error's <c>code</c>: the precise case, for programs to react to.</summary>
public static class ErrorCodes
{
    public const string InvalidJson = "invalid_json";
    public const string InvalidValue = "invalid_value";
    public const string NotSupported = "not_supported";
    public const string ContextLengthExceeded = "context_length_exceeded";
    public const string InvalidApiKey = "invalid_api_key";
    public const string ModelNotAllowed = "model_not_allowed";
    public const string ModelNotFound = "model_not_found";
    public const string PathNotFound = "path_not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string BodyTooLarge = "body_too_large";
    public const string BodyTimeout = "body_timeout";
    public const string RateLimitExceeded = "rate_limit_exceeded";
    public const string QueueFull = "queue_full";
    public const string ModelUnavailable = "model_unavailable";
    public const string ServerShuttingDown = "server_shutting_down";
    public const string RequestTimeout = "request_timeout";
    public const string InternalError = "internal_error";
}
