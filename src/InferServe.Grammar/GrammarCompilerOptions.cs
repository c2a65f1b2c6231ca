namespace InferServe.Grammar;

/// <summary>How grammars are compiled and kept.</summary>
public sealed record GrammarCompilerOptions
{
    public GrammarLimits Limits { get; init; } = new();

    /// <summary>Most compiled grammars kept; the least recently used one goes first.</summary>
    public int MaxCachedGrammars { get; init; } = 256;

    /// <summary>Most bytes that kept grammars take together, about.</summary>
    public long MaxCachedBytes { get; init; } = 512L * 1024 * 1024;
}
