using InferServe.Contracts.Errors;
using InferServe.Engine.Admission;
using InferServe.Engine.Requests;
using InferServe.Worker.Hosting;
using InferServe.Worker.Metrics;
using InferServe.Worker.Models;
using InferServe.Worker.Requests;
using InferServe.Worker.Tracing;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Generation;

/// <summary>Submits a planned generation to the engine and writes its answers.</summary>
internal sealed partial class AnswerService(
    AnswerWriter writer, WorkerMetrics metrics, GenerationSpans spans, IOptions<WorkerOptions> options, ILogger<AnswerService> logger)
{
    /// <summary>Generates and writes the answers to one request.</summary>
    /// <exception cref="ApiException">The engine takes no request now, or gave up before the first byte was written.</exception>
    public async Task AnswerAsync(HttpContext context, LoadedModel model, GenerationPlan plan, IAnswerFormat format)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        AnswerRun? run = null;
        var caller = Caller.Of(context.Request);
        plan = plan with { Requests = [.. plan.Requests.Select(caller.Apply)] };
        var span = spans.Start(context, model.Name, plan);
        try
        {
            run = Start(model, plan, left.Token);
            await (plan.Stream ? writer.WriteStreamAsync(context, run, format, left.Token) : AnswerWriter.WriteWholeAsync(context, run, format, left.Token));
        }
        finally
        {
            // Whatever still runs is wanted by nobody.
            await left.CancelAsync();
            var outcome = context.RequestAborted.IsCancellationRequested ? Outcomes.Cancelled : Outcomes.Error;
            foreach (var (index, reader) in (run?.Readers ?? []).Index())
            {
                var request = plan.Requests[index / plan.Samples];
                metrics.RequestEnded(reader.FinishReason ?? outcome);
                LogEnded(request.Id, index, request.PromptTokens.Length, reader.Tokens, reader.FinishReason ?? outcome);
            }

            if (span is not null)
            {
                GenerationSpans.End(span, run is null ? default : UsageNotes.Of(run.Usage), run?.Readers.Select(reader => reader.FinishReason ?? outcome) ?? [outcome]);
            }
        }
    }

    private AnswerRun Start(LoadedModel model, GenerationPlan plan, CancellationToken cancellationToken)
    {
        AnswerCount.ThrowIfNeverFits(plan.Requests.Count, plan.Samples, model.Engine.Places);
        var readers = new List<AnswerReader>();
        var outputs = new List<IAsyncEnumerable<TokenOutput>>();
        foreach (var request in plan.Requests)
        {
            outputs.AddRange(Submit(model, request, plan.Samples, cancellationToken));
            for (var sample = 0; sample < plan.Samples; sample++)
            {
                readers.Add(new AnswerReader(
                    plan,
                    model.Tokenizer.CreateDetokenizer(skipSpecialTokens: true, continuesText: true, plan.Syntax?.VisibleTokens),
                    reason => GenerationErrors.OfEngine(reason, model.Engine.Status.State, request.Id)));
            }
        }

        return new AnswerRun(plan, readers, outputs);
    }

    private IReadOnlyList<IAsyncEnumerable<TokenOutput>> Submit(
        LoadedModel model, GenerationRequest request, int samples, CancellationToken cancellationToken)
    {
        try
        {
            return model.Engine.GenerateSamples(request, samples, cancellationToken);
        }
        catch (QueueFullException exception)
        {
            var status = model.Engine.Status;
            var pause = RetryAfterEstimate.Of(metrics.MeanDuration, status.Waiting, status.Rows);
            throw new ApiException(ApiErrors.QueueFull(options.Value.EffectiveName, exception.QueueLimit, pause), exception);
        }
        catch (EngineDrainingException exception)
        {
            throw new ApiException(ApiErrors.ShuttingDown(ModelHost.RetryLater), exception);
        }
        catch (EngineFaultedException exception)
        {
            throw new ApiException(ApiErrors.ModelUnavailable(options.Value.EffectiveName, "has failed", ModelHost.RetryLater), exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug,
        Message = "Answer {Choice} to request {RequestId} has ended: {PromptTokens} prompt tokens, {GeneratedTokens} generated, {FinishReason}")]
    private partial void LogEnded(string requestId, int choice, int promptTokens, int generatedTokens, string finishReason);
}
