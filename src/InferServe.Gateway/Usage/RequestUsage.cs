using InferServe.Contracts.Workers;

namespace InferServe.Gateway.Usage;

/// <summary>What is known so far of the tokens that one request took; a feature of the request.</summary>
internal sealed class RequestUsage
{
    private volatile StrongBox? _note;

    /// <summary>Name of the request's model.</summary>
    public required string Model { get; init; }

    /// <summary>The newest note of the worker; null before the first.</summary>
    public UsageNote? Note
    {
        get => _note?.Value;
        set => _note = value is { } note ? new StrongBox(note) : null;
    }

    private sealed record StrongBox(UsageNote Value);
}
