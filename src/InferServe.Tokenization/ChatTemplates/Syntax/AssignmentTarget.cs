namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>What <c>set</c>, <c>for</c> and <c>with</c> assign to.</summary>
internal abstract record AssignmentTarget;

internal sealed record NameTarget(string Name) : AssignmentTarget;

internal sealed record TupleTarget(IReadOnlyList<AssignmentTarget> Items) : AssignmentTarget;

/// <summary><c>name.attribute</c>, where the name holds a <c>namespace()</c>.</summary>
internal sealed record NamespaceTarget(string Name, string Attribute) : AssignmentTarget;
