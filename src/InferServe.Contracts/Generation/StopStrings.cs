using System.Text.Json.Serialization;

namespace InferServe.Contracts.Generation;

/// <summary>Texts that end the answer, written as one string or as an array.</summary>
[JsonConverter(typeof(StopStringsConverter))]
public sealed record StopStrings(IReadOnlyList<string> Values);
