namespace InferServe.Worker.Generation;

/// <summary>What an answer shows beside its text.</summary>
internal sealed record AnswerOptions
{
    /// <summary>Whether a stream ends with the usage.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>Whether token ids are shown.</summary>
    public bool TokenIds { get; init; }

    /// <summary>The tokens of each prompt.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Prompts { get; init; }
}
