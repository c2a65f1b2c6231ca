namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>How a list of statements ended: at its end, or by a tag that concerns the loop around it.</summary>
internal enum Completion
{
    Normal,
    Break,
    Continue,
}
