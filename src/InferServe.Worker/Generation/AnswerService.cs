using InferServe.Contracts.Errors;
using InferServe.Engine.Admission;
using InferServe.Engine.Requests;
using InferServe.Worker.Hosting;
using InferServe.Worker.Metrics;
using InferServe.Worker.Models;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Generation;

/// <summary>Submits a planned generation to the engine and writes its answer.</summary>
internal sealed partial class AnswerService(
    AnswerWriter writer, WorkerMetrics metrics, IOptions<WorkerOptions> options, ILogger<AnswerService> logger)
{
    /// <summary>Generates and writes one answer.</summary>
    /// <exception cref="ApiException">The engine takes no request now, or gave up before the first byte was written.</exception>
    public async Task AnswerAsync(HttpContext context, LoadedModel model, GenerationPlan plan, IAnswerFormat format)
    {
        var cancellationToken = context.RequestAborted;
        var outputs = Submit(model, plan.Request, cancellationToken);
        var reader = new AnswerReader(
            plan, model.Tokenizer.CreateDetokenizer(skipSpecialTokens: true), reason => GenerationErrors.OfEngine(reason, model.Engine.Status.State, plan.Request.Id));
        try
        {
            var pieces = reader.ReadAsync(outputs, cancellationToken);
            await (plan.Stream ? writer.WriteStreamAsync(context, pieces, format) : AnswerWriter.WriteWholeAsync(context, pieces, format));
        }
        finally
        {
            var outcome = reader.FinishReason ?? (cancellationToken.IsCancellationRequested ? Outcomes.Cancelled : Outcomes.Error);
            metrics.RequestEnded(outcome);
            LogEnded(plan.Request.Id, plan.Request.PromptTokens.Length, reader.Tokens, outcome);
        }
    }

    private IAsyncEnumerable<TokenOutput> Submit(LoadedModel model, GenerationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return model.Engine.GenerateAsync(request, cancellationToken);
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
        Message = "Request {RequestId} has ended: {PromptTokens} prompt tokens, {GeneratedTokens} generated, {FinishReason}")]
    private partial void LogEnded(string requestId, int promptTokens, int generatedTokens, string finishReason);
}
