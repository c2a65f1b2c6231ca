using System.Runtime.CompilerServices;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;
using InferServe.Engine.Requests;
using InferServe.Tokenization;
using InferServe.Worker.Answers;
using InferServe.Worker.Stopping;
using EngineReason = InferServe.Engine.Requests.FinishReason;

namespace InferServe.Worker.Generation;

/// <summary>
/// Turns the engine's tokens into the pieces of an answer: detokenize, end before a stop string, find tool calls. Serves one answer.
/// </summary>
/// <param name="plan">What was asked for.</param>
/// <param name="detokenizer">The model's, for this answer alone.</param>
/// <param name="explain">Makes the error when the engine gives up, of the engine's own explanation.</param>
internal sealed class AnswerReader(GenerationPlan plan, IncrementalDetokenizer detokenizer, Func<string?, ApiError> explain)
{
    private readonly StopStringFilter _stops = new(plan.StopStrings, plan.IncludeStopString);
    private readonly TokenTrail? _trail = plan.ShowTokens ? new TokenTrail() : null;
    private readonly IAnswerParser _parser = plan.Syntax?.CreateParser() ?? new PlainParser();
    private int _tokens;
    private int _passed;
    private int _calls;

    /// <summary>Tokens read so far.</summary>
    public int Tokens => _tokens;

    /// <summary>How many of them are reasoning.</summary>
    public int ReasoningTokens { get; private set; }

    /// <summary>How many tokens of the prompt were not computed again.</summary>
    public int CachedTokens { get; private set; }

    /// <summary>The log-probabilities of the prompt's tokens, when the request wants them.</summary>
    public IReadOnlyList<TokenLogprobs?>? PromptLogprobs { get; private set; }

    /// <summary>One of <see cref="FinishReasons"/> once the answer is complete, else null.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>True when the answer may call one tool only and has.</summary>
    private bool IsEnoughCalls => _calls > 0 && !plan.ParallelToolCalls;

    /// <summary>
    /// Reads to the end, or to the first stop string: leaving the engine's stream early cancels the sequence. Yields at least one
    /// piece for each token, an empty text when the token adds nothing yet.
    /// </summary>
    /// <exception cref="ApiException">The engine gave up.</exception>
    public async IAsyncEnumerable<AnswerPiece> ReadAsync(
        IAsyncEnumerable<TokenOutput> outputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var output in outputs.WithCancellation(cancellationToken))
        {
            _tokens += output.Token is null ? 0 : 1;
            var reason = output.FinishReason;
            if (reason is EngineReason.Error or EngineReason.Cancelled)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new ApiException(explain(output.Error));
            }

            CachedTokens += output.CachedPromptTokens ?? 0;
            PromptLogprobs ??= output.PromptLogprobs;
            var text = Text(output);
            var isLast = reason is not null || _stops.Stopped;
            var tokens = isLast ? _trail?.TakeRest(_passed) : _trail?.TakeUntil(_passed);
            foreach (var piece in Pieces(text))
            {
                // What has come out goes with the first piece.
                yield return tokens is { Count: > 0 } ? piece with { Tokens = tokens } : piece;
                tokens = null;
            }

            if (isLast || IsEnoughCalls)
            {
                foreach (var piece in Rest())
                {
                    yield return piece;
                }

                FinishReason = Reason(reason);
                yield return new AnswerPiece.End(FinishReason);
                yield break;
            }
        }

        throw new InvalidOperationException("The engine ended the stream without a finish reason.");
    }

    /// <summary>The text that goes out now that the token is there.</summary>
    private string Text(TokenOutput output)
    {
        // A stop token is a mark, not text.
        var added = output.Token is { } token && output.FinishReason is not EngineReason.Stop ? detokenizer.Append(token) : string.Empty;
        if (output.FinishReason is not null)
        {
            added += detokenizer.Flush();
        }

        if (output.Token is not null)
        {
            _trail?.Add(output, added.Length);
        }

        var text = _tokens > plan.MinTokens ? _stops.Append(added) : _stops.Pass(added);
        if (output.FinishReason is not null)
        {
            text += _stops.Flush();
        }

        _passed += text.Length;
        return text;
    }

    private string Reason(EngineReason? reason) =>
        reason is EngineReason.Length && !_stops.Stopped && !IsEnoughCalls ? FinishReasons.Length
        : _calls > 0 ? FinishReasons.ToolCalls
        : FinishReasons.Stop;

    /// <summary>The pieces that a text makes, at least one.</summary>
    private IEnumerable<AnswerPiece> Pieces(string text)
    {
        var parts = _parser.Append(text);
        ReasoningTokens += parts.Any(part => part is AnswerPart.Reasoning) ? 1 : 0;
        return Convert(parts).DefaultIfEmpty(new AnswerPiece.Text(string.Empty));
    }

    /// <summary>The pieces of what is held back when the text has ended.</summary>
    private IEnumerable<AnswerPiece> Rest() => IsEnoughCalls ? [] : Convert(_parser.Flush());

    private IEnumerable<AnswerPiece> Convert(IReadOnlyList<AnswerPart> parts)
    {
        foreach (var part in parts)
        {
            if (IsEnoughCalls)
            {
                yield break;
            }

            yield return part switch
            {
                AnswerPart.Text text => new AnswerPiece.Text(text.Value),
                AnswerPart.Reasoning reasoning => new AnswerPiece.Reasoning(reasoning.Value),
                AnswerPart.Call call => new AnswerPiece.Call(_calls++, new ToolCall
                {
                    Id = plan.Syntax!.NewCallId(),
                    Type = "function",
                    Function = new FunctionCall { Name = call.Name, Arguments = call.Arguments },
                }),
                _ => throw new InvalidOperationException($"Unknown part {part.GetType().Name}."),
            };
        }
    }
}
