namespace InferServe.Tokenization.ChatTemplates;

/// <summary>
/// Bounds of one chat template and of one rendering of it. A template is data from a model folder, not trusted code:
/// whatever it says, it ends within these bounds or fails with a <see cref="TemplateLimitException"/>.
/// </summary>
public sealed record TemplateLimits
{
    /// <summary>The limits that are used when none are given.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>Longest template source, in UTF-16 characters.</summary>
    public int MaxSourceCharacters { get; init; } = 256 * 1024;

    /// <summary>Most nested tags, parentheses and chained operators in a template's syntax tree.</summary>
    public int MaxSyntaxDepth { get; init; } = 200;

    /// <summary>Most evaluation steps of one rendering: a statement, an expression, an element visited each count as one.</summary>
    public int MaxSteps { get; init; } = 5_000_000;

    /// <summary>Longest rendered prompt and longest string built on the way, in UTF-16 characters.</summary>
    public int MaxOutputCharacters { get; init; } = 4 * 1024 * 1024;

    /// <summary>All characters of all strings that one rendering builds, in UTF-16 characters.</summary>
    public long MaxAllocatedCharacters { get; init; } = 128L * 1024 * 1024;

    /// <summary>Deepest nesting of macro calls.</summary>
    public int MaxCallDepth { get; init; } = 100;

    /// <summary>Most elements of a <c>range()</c>; the same number as in Jinja's sandbox.</summary>
    public int MaxRangeLength { get; init; } = 100_000;

    /// <summary>Largest whole number, in bits.</summary>
    public int MaxIntegerBits { get; init; } = 4096;
}
