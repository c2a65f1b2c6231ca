using System.Text;
using InferServe.Contracts.Tools;

namespace InferServe.Worker.Generation;

/// <summary>Folds a stream of pieces into one answer. There is no second way to generate an answer.</summary>
internal static class AnswerFold
{
    public static async Task<Answer> FoldAsync(IAsyncEnumerable<AnswerPiece> pieces)
    {
        var text = new StringBuilder();
        var calls = new List<ToolCall>();
        await foreach (var piece in pieces)
        {
            switch (piece)
            {
                case AnswerPiece.Text more:
                    text.Append(more.Value);
                    break;
                case AnswerPiece.Call call:
                    calls.Add(call.Value);
                    break;
                case AnswerPiece.End end:
                    return new Answer { Text = text.ToString(), ToolCalls = calls, FinishReason = end.FinishReason, Usage = end.Usage };
            }
        }

        throw new InvalidOperationException("The answer ended without its last piece.");
    }
}
