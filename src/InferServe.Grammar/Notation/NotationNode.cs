using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Notation;

/// <summary>The syntax tree of the right side of a rule. Parts without references are regular expressions.</summary>
internal abstract record NotationNode
{
    /// <param name="Expression">The expression.</param>
    /// <param name="Size">About how many states it takes.</param>
    public sealed record Regular(RegexNode Expression, long Size) : NotationNode;

    /// <param name="Name">The rule.</param>
    /// <param name="Offset">Where the name stands in the text.</param>
    public sealed record Reference(string Name, int Offset) : NotationNode;

    public sealed record Sequence(IReadOnlyList<NotationNode> Parts) : NotationNode;

    public sealed record Choice(IReadOnlyList<NotationNode> Branches) : NotationNode;

    public sealed record Repetition(NotationNode Part, int Min, int? Max) : NotationNode;
}
