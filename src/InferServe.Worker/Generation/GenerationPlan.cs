using InferServe.Engine.Requests;

namespace InferServe.Worker.Generation;

/// <summary>A checked request of any endpoint: what the engine generates and how its tokens become an answer.</summary>
internal sealed record GenerationPlan
{
    /// <summary>What the engine gets.</summary>
    public required GenerationRequest Request { get; init; }

    /// <summary>Texts that end the answer, none of them empty.</summary>
    public required IReadOnlyList<string> StopStrings { get; init; }

    /// <summary>Whether the text may hold tool calls.</summary>
    public bool FindToolCalls { get; init; }

    /// <summary>Whether an answer may call more than one tool.</summary>
    public bool ParallelToolCalls { get; init; } = true;

    /// <summary>Whether the answer is streamed.</summary>
    public required bool Stream { get; init; }
}
