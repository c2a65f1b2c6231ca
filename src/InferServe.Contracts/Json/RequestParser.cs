using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Validation;

namespace InferServe.Contracts.Json;

/// <summary>Turns a request body into a record of the wire, or into an error that says what is wrong with it.</summary>
public static class RequestParser
{
    /// <summary>Parses a body of UTF-8 JSON.</summary>
    /// <exception cref="ApiException">
    /// 413 for a body above the limit; 400 for anything that is not JSON, has duplicate members, nests too deeply, or has values of a wrong type.
    /// </exception>
    public static ParsedRequest<T> Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> shape, RequestLimits limits)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(limits);
        if (body.Length > limits.BodyBytes)
        {
            throw new ApiException(ApiErrors.BodyTooLarge(limits.BodyBytes));
        }

        using var document = ParseJson(body, limits);
        var report = ShapeChecker.Check(document.RootElement, shape);
        report.Violations.ThrowIfAny();
        return new ParsedRequest<T>(Deserialize(document.RootElement, shape), report.UnknownFields);
    }

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> body, RequestLimits limits)
    {
        if (body.IsEmpty)
        {
            throw new ApiException(ApiErrors.InvalidJson("The body is empty; a JSON object is expected."));
        }

        // The JSON parser looks inside strings only when they are read; text that is not UTF-8 must not get that far.
        if (!Utf8.IsValid(body.Span))
        {
            throw new ApiException(ApiErrors.InvalidJson("The body is not valid UTF-8."));
        }

        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = limits.JsonDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            throw new ApiException(ApiErrors.InvalidJson($"The body is not valid JSON: {Explain(exception)}"), exception);
        }
        catch (InvalidOperationException exception)
        {
            // Names are read to find duplicates, and one of them is not text.
            throw new ApiException(ApiErrors.InvalidJson("The body must be valid Unicode text; a name has half of a surrogate pair."), exception);
        }
    }

    private static T Deserialize<T>(JsonElement value, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return value.Deserialize(shape) ?? throw new ApiException(ApiErrors.InvalidJson("The body must be an object, got null."));
        }
        catch (JsonException exception)
        {
            throw new ApiException(ApiErrors.InvalidJson($"The body does not have the expected form: {Explain(exception)}"), exception);
        }
    }

    /// <summary>The parser's sentence without its own notation of the place.</summary>
    private static string Explain(JsonException exception)
    {
        var message = exception.Message;
        foreach (var marker in (ReadOnlySpan<string>)[" Path: ", " LineNumber: "])
        {
            var at = message.IndexOf(marker, StringComparison.Ordinal);
            message = at < 0 ? message : message[..at];
        }

        return exception.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $"{message} (line {line + 1}, byte {exception.BytePositionInLine + 1})")
            : message;
    }
}
