using System.Text.Encodings.Web;
using System.Text.Json;

namespace InferServe.Contracts.Json;

/// <summary>
/// The JSON of answers: letters of every script are written as they are, not as six-byte escapes. Such JSON must not be pasted into
/// HTML, which is why the serializer's default is more careful.
/// </summary>
public static class WireJson
{
    public static ContractsJsonContext Context { get; } =
        new(new JsonSerializerOptions(ContractsJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
