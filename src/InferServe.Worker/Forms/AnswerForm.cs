using InferServe.Grammar;

namespace InferServe.Worker.Forms;

/// <summary>A form that an answer must have.</summary>
/// <param name="Param">The field of the request that demands it, for errors.</param>
/// <param name="Expression">What the answer must look like.</param>
internal sealed record AnswerForm(string Param, GrammarExpression Expression);
