using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>A filter: what stands before the <c>|</c>, and the arguments after its name.</summary>
internal delegate JinjaValue Filter(RenderState state, JinjaValue input, CallArguments arguments);
