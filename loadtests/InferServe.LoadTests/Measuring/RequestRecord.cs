namespace InferServe.LoadTests.Measuring;

/// <summary>What one request showed. Times are seconds from the start of the run.</summary>
internal sealed record RequestRecord
{
    /// <summary>Position of its session in the plan.</summary>
    public required int Session { get; init; }

    public required string Model { get; init; }

    /// <summary>Which kind of request it is, where reports tell kinds apart.</summary>
    public string? Class { get; init; }

    /// <summary>When it was due.</summary>
    public required double Planned { get; init; }

    /// <summary>When it was sent.</summary>
    public required double Sent { get; init; }

    /// <summary>When its last byte, or its error, came.</summary>
    public required double End { get; init; }

    public required RequestOutcome Outcome { get; init; }

    /// <summary>One of <see cref="ErrorNames"/> where it failed.</summary>
    public string? Error { get; init; }

    /// <summary>What the error said, without keys; for the terminal, not for reports.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>Whether a refusal said when to come back.</summary>
    public bool HasRetryAfter { get; init; }

    /// <summary>When each chunk with text arrived.</summary>
    public IReadOnlyList<double> Arrivals { get; init; } = [];

    public int PromptTokens { get; init; }

    public int CachedTokens { get; init; }

    /// <summary>From usage; the number of chunks where the server reports none.</summary>
    public int CompletionTokens { get; init; }

    public bool HasUsage { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Sending time minus planned time: the generator's own lag.</summary>
    public double Lag => Sent - Planned;

    public double TimeToFirstToken => Arrivals[0] - Planned;

    public double EndToEnd => End - Planned;

    /// <summary>NaN for an answer of one token.</summary>
    public double TimePerOutputToken => CompletionTokens > 1 ? (End - Arrivals[0]) / (CompletionTokens - 1) : double.NaN;
}
