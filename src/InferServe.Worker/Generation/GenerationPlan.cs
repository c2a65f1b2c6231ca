using InferServe.Engine.Requests;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Generation;

/// <summary>A checked request of any endpoint: what the engine generates and how its tokens become answers.</summary>
internal sealed record GenerationPlan
{
    /// <summary>What the engine gets, one for each prompt.</summary>
    public required IReadOnlyList<GenerationRequest> Requests { get; init; }

    /// <summary>Answers to each prompt.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>Texts that end the answer, none of them empty.</summary>
    public required IReadOnlyList<string> StopStrings { get; init; }

    /// <summary>The fewest tokens of an answer: a stop string that they complete does not end it.</summary>
    public int MinTokens => Requests[0].MinTokens;

    /// <summary>Whether the stop string that ends an answer is part of it.</summary>
    public bool IncludeStopString { get; init; }

    /// <summary>How the text is parted into reasoning, calls and answer; null when all of it is the answer.</summary>
    public AnswerSyntax? Syntax { get; init; }

    /// <summary>Whether an answer may call more than one tool.</summary>
    public bool ParallelToolCalls { get; init; } = true;

    /// <summary>Whether the answer shows its tokens: their ids or log-probabilities.</summary>
    public bool ShowTokens { get; init; }

    /// <summary>Whether the answer is streamed.</summary>
    public required bool Stream { get; init; }
}
