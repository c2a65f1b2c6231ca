using System.Text.Json;
using InferServe.Contracts.Errors;

namespace InferServe.Gateway.Routing;

/// <summary>Finds the <c>model</c> of a request without making objects of the rest.</summary>
internal static class ModelField
{
    private const int MaxLength = 256;

    /// <param name="body">The whole body.</param>
    /// <returns>The value of the top-level member <c>model</c>.</returns>
    /// <exception cref="ApiException">The body is not a JSON object, or has no, an ill-typed or more than one <c>model</c>: 400.</exception>
    public static string Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return Find(body) ?? throw Wrong("The field 'model' is missing: name the model that shall answer.");
        }
        catch (JsonException exception)
        {
            throw new ApiException(ApiErrors.InvalidJson($"The request body is not valid JSON: {exception.Message}"), exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new ApiException(ApiErrors.InvalidJson("The request body has a string that is not valid Unicode."), exception);
        }
    }

    /// <summary>Reads to the end, so that neither a second <c>model</c> nor broken JSON behind the first is passed on.</summary>
    private static string? Find(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ApiException(ApiErrors.InvalidJson($"The request body must be a JSON object, is {Describe(reader.TokenType)}."));
        }

        string? model = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueIsEscaped)
            {
                // Throws here what would surprise whoever compares the name later.
                _ = reader.GetString();
            }

            var isModel = reader.ValueTextEquals("model"u8);
            reader.Read();
            if (isModel)
            {
                model = model is null ? Value(ref reader) : throw Wrong("The field 'model' is given twice.");
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Read();
        return model;
    }

    private static string Value(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Wrong($"The field 'model' must be a string, is {Describe(reader.TokenType)}.");
        }

        var model = reader.GetString()!;
        return model.Length is > 0 and <= MaxLength
            ? model
            : throw Wrong($"The field 'model' must have 1 to {MaxLength} characters, has {model.Length}.");
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "a boolean",
    };

    private static ApiException Wrong(string message) => new(ApiErrors.InvalidValue(message, "model"));
}
