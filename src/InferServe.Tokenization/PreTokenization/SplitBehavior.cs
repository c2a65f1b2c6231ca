namespace InferServe.Tokenization.PreTokenization;

/// <summary>What becomes of the matches of a splitting pattern. The names are those of <c>tokenizer.json</c>.</summary>
internal enum SplitBehavior
{
    /// <summary>Matches are left out.</summary>
    Removed,

    /// <summary>Each match is a piece.</summary>
    Isolated,

    /// <summary>A match ends the piece before it; of adjacent matches only the first does.</summary>
    MergedWithPrevious,

    /// <summary>A match begins the piece after it; of adjacent matches only the last does.</summary>
    MergedWithNext,

    /// <summary>Adjacent matches are one piece.</summary>
    Contiguous,
}
