using System.Text.Json;
using System.Text.Json.Serialization;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Completions;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Models;
using InferServe.Contracts.Tokens;
using InferServe.Contracts.Tools;

namespace InferServe.Contracts.Json;

/// <summary>
/// Source-generated JSON of the wire: snake_case names, absent instead of null unless a member says otherwise, exact types
/// (no numbers in strings), no duplicate members.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ChatCompletionRequest))]
[JsonSerializable(typeof(ChatCompletionResponse))]
[JsonSerializable(typeof(ChatCompletionChunk))]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(CompletionResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(ModelInfo))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ContentPart[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(int[][]))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(NamedToolChoice))]
[JsonSerializable(typeof(TokenizeRequest))]
[JsonSerializable(typeof(TokenizeResponse))]
[JsonSerializable(typeof(DetokenizeRequest))]
[JsonSerializable(typeof(DetokenizeResponse))]
public sealed partial class ContractsJsonContext : JsonSerializerContext;
