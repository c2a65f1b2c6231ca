using System.Globalization;

namespace InferServe.Contracts.Errors;

/// <summary>Makes the errors of the API, so that each case has one status, code and wording.</summary>
public static class ApiErrors
{
    /// <summary>400: the body is not JSON, or not JSON that is accepted.</summary>
    public static ApiError InvalidJson(string message) => Invalid(message, param: null, ErrorCodes.InvalidJson);

    /// <summary>400: a value of the request violates a rule.</summary>
    public static ApiError InvalidValue(string message, string? param) => Invalid(message, param, ErrorCodes.InvalidValue);

    /// <summary>400: a value is part of the API but this server does not act on it yet.</summary>
    public static ApiError NotSupported(string message, string? param) => Invalid(message, param, ErrorCodes.NotSupported);

    /// <summary>400: the prompt leaves no room for an answer.</summary>
    public static ApiError ContextLengthExceeded(int promptTokens, int contextLength, string param) => Invalid(
        string.Create(CultureInfo.InvariantCulture,
            $"The prompt has {promptTokens} tokens; this model's context holds {contextLength} tokens, prompt and answer together, "
            + $"so a prompt may have at most {contextLength - 1}. Shorten it."),
        param,
        ErrorCodes.ContextLengthExceeded);

    /// <summary>401: the key is missing or unknown.</summary>
    public static ApiError InvalidApiKey(string message) => new()
    {
        Status = 401,
        Message = message,
        Type = ErrorTypes.InvalidRequest,
        Code = ErrorCodes.InvalidApiKey,
    };

    /// <summary>403: the key is known but may not use the model.</summary>
    public static ApiError ModelNotAllowed(string model) => new()
    {
        Status = 403,
        Message = $"This key may not use the model '{model}'.",
        Type = ErrorTypes.InvalidRequest,
        Param = "model",
        Code = ErrorCodes.ModelNotAllowed,
    };

    /// <summary>404: no model has this name. <paramref name="known"/> names those that exist.</summary>
    public static ApiError ModelNotFound(string model, IEnumerable<string> known) => new()
    {
        Status = 404,
        Message = $"The model '{model}' does not exist. Available: {string.Join(", ", known)}.",
        Type = ErrorTypes.InvalidRequest,
        Param = "model",
        Code = ErrorCodes.ModelNotFound,
    };

    /// <summary>404: nothing is served at the path.</summary>
    public static ApiError PathNotFound(string method, string path) => new()
    {
        Status = 404,
        Message = $"Nothing is served at {method} {path}.",
        Type = ErrorTypes.InvalidRequest,
        Code = ErrorCodes.PathNotFound,
    };

    /// <summary>405: the path exists, but not with this method.</summary>
    public static ApiError MethodNotAllowed(string method, string path, string? allowed = null) => new()
    {
        Status = 405,
        Message = string.IsNullOrEmpty(allowed) ? $"{path} does not accept {method}." : $"{path} does not accept {method}, only {allowed}.",
        Type = ErrorTypes.InvalidRequest,
        Code = ErrorCodes.MethodNotAllowed,
    };

    /// <summary>413: the request body is larger than the limit.</summary>
    public static ApiError BodyTooLarge(long? limitBytes) => new()
    {
        Status = 413,
        Message = limitBytes is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"The request body is larger than the limit of {limit} bytes.")
            : "The request body is too large.",
        Type = ErrorTypes.InvalidRequest,
        Code = ErrorCodes.BodyTooLarge,
    };

    /// <summary>408: the body came too slowly, below <paramref name="bytesPerSecond"/> where that is known.</summary>
    public static ApiError BodyTooSlow(double? bytesPerSecond) => BodyTimeout(
        bytesPerSecond is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"The request body arrived more slowly than {limit:0.##} bytes per second.")
            : "The request body arrived too slowly.");

    /// <summary>408: the request's time was over before its body was there.</summary>
    public static ApiError BodyTooLate(TimeSpan limit) =>
        BodyTimeout(string.Create(CultureInfo.InvariantCulture, $"The request body did not arrive within the limit of {limit.TotalSeconds:0.##} s."));

    /// <summary>429: a quota is used up.</summary>
    public static ApiError RateLimitExceeded(string message, TimeSpan retryAfter) => new()
    {
        Status = 429,
        Message = message,
        Type = ErrorTypes.RateLimit,
        Code = ErrorCodes.RateLimitExceeded,
        RetryAfter = retryAfter,
    };

    /// <summary>429: as many requests wait as may wait.</summary>
    public static ApiError QueueFull(string model, int limit, TimeSpan retryAfter) => new()
    {
        Status = 429,
        Message = string.Create(CultureInfo.InvariantCulture, $"The queue of model '{model}' is full: {limit} requests wait. Try again later."),
        Type = ErrorTypes.RateLimit,
        Code = ErrorCodes.QueueFull,
        RetryAfter = retryAfter,
    };

    /// <summary>503: the model exists but cannot answer now; <paramref name="state"/> says why, e.g. "is loading".</summary>
    public static ApiError ModelUnavailable(string model, string state, TimeSpan retryAfter) => new()
    {
        Status = 503,
        Message = $"The model '{model}' {state}. Try again later.",
        Type = ErrorTypes.Server,
        Code = ErrorCodes.ModelUnavailable,
        RetryAfter = retryAfter,
    };

    /// <summary>503: the server is going down.</summary>
    public static ApiError ShuttingDown(TimeSpan retryAfter) => new()
    {
        Status = 503,
        Message = "The server is shutting down.",
        Type = ErrorTypes.Server,
        Code = ErrorCodes.ServerShuttingDown,
        RetryAfter = retryAfter,
    };

    /// <summary>504: the request has had all the time that a request may have.</summary>
    public static ApiError RequestTimeout(TimeSpan limit) => new()
    {
        Status = 504,
        Message = string.Create(CultureInfo.InvariantCulture, $"The request took longer than the limit of {limit.TotalSeconds:0.##} s."),
        Type = ErrorTypes.Server,
        Code = ErrorCodes.RequestTimeout,
    };

    /// <summary>500: an error of the server. Details go to the log under <paramref name="requestId"/>, not to the client.</summary>
    public static ApiError Internal(string? requestId, string? message = null) => new()
    {
        Status = 500,
        Message = (message ?? "The server failed to answer this request.")
            + (requestId is null ? string.Empty : $" The log has the details under request id {requestId}."),
        Type = ErrorTypes.Server,
        Code = ErrorCodes.InternalError,
    };

    private static ApiError BodyTimeout(string message) => new()
    {
        Status = 408,
        Message = message,
        Type = ErrorTypes.InvalidRequest,
        Code = ErrorCodes.BodyTimeout,
    };

    private static ApiError Invalid(string message, string? param, string code) => new()
    {
        Status = 400,
        Message = message,
        Type = ErrorTypes.InvalidRequest,
        Param = param,
        Code = code,
    };
}
