using System.Text;
using InferServe.Contracts.Tools;
using InferServe.Engine.Requests;

namespace InferServe.Worker.Generation;

/// <summary>Folds a stream of pieces into answers. There is no second way to generate an answer.</summary>
internal static class AnswerFold
{
    public static async Task<Answer> FoldAsync(AnswerRun run, CancellationToken cancellationToken)
    {
        var choices = run.Readers.Select(_ => new ChoiceFold()).ToList();
        await foreach (var (choice, piece) in run.ReadAsync(cancellationToken))
        {
            choices[choice].Add(piece);
        }

        return new Answer([.. choices.Zip(run.Readers, (choice, reader) => choice.Complete(reader))], run.Usage);
    }

    private sealed class ChoiceFold
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _reasoning = new();
        private readonly List<ToolCall> _calls = [];
        private readonly List<TokenOutput> _tokens = [];

        public void Add(AnswerPiece piece)
        {
            _tokens.AddRange(piece.Tokens);
            switch (piece)
            {
                case AnswerPiece.Text more:
                    _text.Append(more.Value);
                    break;
                case AnswerPiece.Reasoning more:
                    _reasoning.Append(more.Value);
                    break;
                case AnswerPiece.Call call:
                    _calls.Add(call.Value);
                    break;
            }
        }

        public ChoiceAnswer Complete(AnswerReader reader) => new()
        {
            Text = _text.ToString(),
            Reasoning = _reasoning.ToString(),
            ToolCalls = _calls,
            FinishReason = reader.FinishReason ?? throw new InvalidOperationException("The answer ended without its last piece."),
            Tokens = _tokens,
            PromptLogprobs = reader.PromptLogprobs,
        };
    }
}
