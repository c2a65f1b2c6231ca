namespace InferServe.Gateway.Registry;

/// <summary>What came of reading the models file again.</summary>
/// <param name="At">When.</param>
/// <param name="Trigger">Why: <c>start</c>, <c>file</c>, <c>signal</c> or <c>admin</c>.</param>
/// <param name="Error">Every mistake of the file, one a line, or null when it is in force.</param>
/// <param name="Changes">What is different now, for people.</param>
internal sealed record ReloadOutcome(DateTimeOffset At, string Trigger, string? Error, IReadOnlyList<string> Changes)
{
    public bool Succeeded => Error is null;
}
