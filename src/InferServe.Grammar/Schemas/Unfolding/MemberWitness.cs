namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>A member that has to occur, because a schema about all members of a kind must not hold.</summary>
/// <param name="Value">What its value fulfils; null: anything.</param>
/// <param name="AdditionalOf">Its key is left to <c>additionalProperties</c> of this scope.</param>
/// <param name="Pattern">Its key matches this regular expression.</param>
/// <param name="NotNamed">Its key does not fulfil this schema.</param>
internal sealed record MemberWitness(
    Literal? Value,
    ObjectScope? AdditionalOf = null,
    (string Text, string Pointer)? Pattern = null,
    SchemaNode? NotNamed = null);
