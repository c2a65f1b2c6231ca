namespace InferServe.Grammar;

/// <summary>
/// Bounds on one grammar. They are counts, not times, so that the same grammar is accepted or refused on every machine.
/// </summary>
public sealed record GrammarLimits
{
    /// <summary>Most bytes of a schema, regular expression or grammar text.</summary>
    public int MaxSourceBytes { get; init; } = 1024 * 1024;

    /// <summary>Deepest nesting of a schema document, of groups in a regular expression and of parentheses in a grammar text.</summary>
    public int MaxNesting { get; init; } = 128;

    /// <summary>Most rules: of a grammar text, or of distinct combinations of subschemas that one schema leads to.</summary>
    public int MaxRules { get; init; } = 20_000;

    /// <summary>Most alternatives that one combination of subschemas may unfold into.</summary>
    public int MaxAlternatives { get; init; } = 1_000;

    /// <summary>Most states of one automaton over bytes.</summary>
    public int MaxAutomatonStates { get; init; } = 50_000;

    /// <summary>Most bytes of one regular expression.</summary>
    public int MaxPatternBytes { get; init; } = 16 * 1024;

    /// <summary>Largest count of a repetition such as <c>{2,1000}</c> in a regular expression or grammar text.</summary>
    public int MaxRepetitions { get; init; } = 10_000;

    /// <summary>Most elementary steps of compiling one grammar; about 50 million are a second.</summary>
    public long MaxCompileSteps { get; init; } = 100_000_000;

    /// <summary>Deepest stack while a text is followed: each open object, array or unfinished rule is one level.</summary>
    public int MaxStackDepth { get; init; } = 512;

    /// <summary>Most elementary steps for one byte of text; a text that needs more fails.</summary>
    public int MaxStepsPerByte { get; init; } = 200_000;

    /// <summary>Most elementary steps to find the tokens that may come next, as far as they are not known yet; a text that needs more fails.</summary>
    public long MaxStepsPerMask { get; init; } = 2_000_000;

    /// <summary>Most elementary steps to follow one text; a longer way fails.</summary>
    public long MaxStepsPerText { get; init; } = 20_000_000;

    /// <summary>Bytes of masks and states that one grammar keeps; beyond it they are computed anew.</summary>
    public long MaxCachedBytes { get; init; } = 64L * 1024 * 1024;
}
