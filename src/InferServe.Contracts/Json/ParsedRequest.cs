namespace InferServe.Contracts.Json;

/// <summary>A request whose JSON has the right types. Its values are not yet checked.</summary>
/// <param name="Value">The request.</param>
/// <param name="UnknownFields">Paths of the fields that this server does not know, each once; bounded in number and length.</param>
public sealed record ParsedRequest<T>(T Value, IReadOnlyList<string> UnknownFields);
