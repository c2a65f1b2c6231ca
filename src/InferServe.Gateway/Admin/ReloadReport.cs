using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Admin;

/// <summary>What came of reading models.json.</summary>
/// <param name="Succeeded">Whether the file is in force.</param>
/// <param name="At">When it was read.</param>
/// <param name="Trigger">Why: <c>start</c>, <c>file</c>, <c>signal</c> or <c>admin</c>.</param>
/// <param name="Changes">What it changed.</param>
/// <param name="Mistakes">What is wrong with it, each with its place; nothing was changed then.</param>
internal sealed record ReloadReport(bool Succeeded, DateTimeOffset At, string Trigger, IReadOnlyList<string> Changes, IReadOnlyList<string>? Mistakes)
{
    public static ReloadReport Of(ReloadOutcome outcome)
        => new(outcome.Succeeded, outcome.At, outcome.Trigger, outcome.Changes, outcome.Error?.Split(Environment.NewLine));
}
