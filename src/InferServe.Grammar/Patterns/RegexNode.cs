namespace InferServe.Grammar.Patterns;

/// <summary>The syntax tree of a regular expression.</summary>
internal abstract record RegexNode
{
    /// <summary>The empty text.</summary>
    public sealed record Nothing : RegexNode;

    /// <summary>One character of the set.</summary>
    public sealed record Character(CharacterSet Set) : RegexNode;

    public sealed record Sequence(IReadOnlyList<RegexNode> Parts) : RegexNode;

    public sealed record Alternation(IReadOnlyList<RegexNode> Branches) : RegexNode;

    /// <summary><paramref name="Max"/> is null without an upper bound.</summary>
    public sealed record Repetition(RegexNode Part, int Min, int? Max) : RegexNode;

    public sealed record StartAnchor : RegexNode;

    public sealed record EndAnchor : RegexNode;

    /// <summary>What follows must (not) begin with the part. Supported only directly behind a leading <c>^</c>.</summary>
    public sealed record LookAhead(RegexNode Part, bool Negative) : RegexNode;
}
