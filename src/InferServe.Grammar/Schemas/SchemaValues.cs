using InferServe.Grammar.Numbers;

namespace InferServe.Grammar.Schemas;

/// <summary>A finite list of values by their kinds.</summary>
/// <param name="Types">Which of null, true and false are among them, and the kinds of the others.</param>
/// <param name="Strings">The strings.</param>
/// <param name="Numbers">The numbers.</param>
/// <param name="Compounds">For each object or array a schema that only this value fulfils.</param>
internal sealed record SchemaValues(
    JsonTypes Types,
    IReadOnlyList<string> Strings,
    IReadOnlyList<ExactDecimal> Numbers,
    IReadOnlyList<SchemaNode> Compounds);
