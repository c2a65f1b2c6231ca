using InferServe.Contracts.Validation;

namespace InferServe.Contracts.Json;

/// <summary>What <see cref="ShapeChecker"/> finds: values of a wrong type, and fields that this server does not know.</summary>
internal sealed class ShapeReport
{
    /// <summary>A header names the unknown fields, so only a header's worth is kept.</summary>
    private const int MaxUnknownFields = 32;

    private const int MaxNameLength = 64;

    private readonly List<string> _unknownFields = [];

    public RuleViolations Violations { get; } = new();

    /// <summary>Paths of unknown fields, each once, array indices left out: <c>messages[].refusal</c>.</summary>
    public IReadOnlyList<string> UnknownFields => _unknownFields;

    public void AddUnknownField(string path)
    {
        if (_unknownFields.Count < MaxUnknownFields && path.Length <= MaxNameLength && !_unknownFields.Contains(path))
        {
            _unknownFields.Add(path);
        }
    }
}
