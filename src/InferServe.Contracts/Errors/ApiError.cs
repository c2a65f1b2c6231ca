using System.Text.Json;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Errors;

/// <summary>One failed request: the HTTP status, the body's members and the pause after which a retry makes sense.</summary>
public sealed record ApiError
{
    /// <summary>HTTP status, 400 … 599.</summary>
    public required int Status { get; init; }

    /// <summary>What rule is violated, its limit and the given value, for a person.</summary>
    public required string Message { get; init; }

    /// <summary>One of <see cref="ErrorTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Path of the offending field, such as <c>messages[2].content</c>, or null.</summary>
    public string? Param { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>, or null.</summary>
    public string? Code { get; init; }

    /// <summary>Value of the <c>Retry-After</c> header, or null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary><see cref="RetryAfter"/> in whole seconds, rounded up and at least 1, as the header carries it.</summary>
    public int? RetryAfterSeconds => RetryAfter is { } pause ? (int)Math.Clamp(Math.Ceiling(pause.TotalSeconds), 1, 86_400) : null;

    /// <summary>The body as it goes over the wire.</summary>
    public ErrorResponse ToResponse() =>
        new() { Error = new ErrorBody { Message = Message, Type = Type, Param = Param, Code = Code } };

    /// <summary>The body as UTF-8 JSON.</summary>
    public byte[] ToUtf8Json() => JsonSerializer.SerializeToUtf8Bytes(ToResponse(), WireJson.Context.ErrorResponse);
}
