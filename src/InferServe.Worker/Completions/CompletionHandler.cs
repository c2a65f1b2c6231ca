using InferServe.Contracts.Completions;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Json;
using InferServe.Contracts.Validation;
using InferServe.Worker.Generation;
using InferServe.Worker.Hosting;
using InferServe.Worker.Models;
using InferServe.Worker.Prompting;
using InferServe.Worker.Requests;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Completions;

/// <summary>Continues a text. The steps are those of a chat, without a template.</summary>
internal sealed partial class CompletionHandler(
    ModelHost host, AnswerService answers, IOptions<WorkerOptions> options, TimeProvider time, ILogger<CompletionHandler> logger)
{
    /// <summary>OpenAI's default of this endpoint, which ends texts that have no end of their own.</summary>
    private const long DefaultMaxTokens = 16;

    private const string PromptParam = "prompt";

    private readonly RequestLimits _limits = options.Value.Limits;

    /// <exception cref="ApiException">The request cannot be answered.</exception>
    public async Task HandleAsync(HttpContext context)
    {
        host.Require();
        var body = await RequestBody.ReadAsync(context.Request, _limits.BodyBytes, context.RequestAborted);
        var (request, unknown) = RequestParser.Parse(body, ContractsJsonContext.Default.CompletionRequest, _limits);
        CompletionRequestValidator.Validate(request, _limits).ThrowIfAny();
        var model = host.Require(request.Model!);
        IgnoredFields.Announce(context.Response, unknown);
        var plan = Plan(context.TraceIdentifier, request, model);
        var identity = AnswerIdentity.Create("cmpl", model.Name, model.Fingerprint, time);
        var format = new CompletionAnswerFormat(identity, request.StreamOptions?.IncludeUsage is true);
        await answers.AnswerAsync(context, model, plan, format);
    }

    private GenerationPlan Plan(string id, CompletionRequest request, LoadedModel model)
    {
        int[] tokens;
        if (request.Prompt!.TokenIds is { } ids)
        {
            tokens = [.. ids[0]];
        }
        else
        {
            LogPrompt(id, request.Prompt.Texts![0]);
            tokens = PromptTokens.Encode(model.Tokenizer, request.Prompt.Texts[0], addSpecialTokens: true, PromptParam);
        }

        return new GenerationPlan
        {
            Request = GenerationRequestFactory.Create(id, request, tokens, request.MaxTokens ?? DefaultMaxTokens, model, PromptParam),
            StopStrings = request.Stop?.Values ?? [],
            Stream = request.Stream is true,
        };
    }

    [LoggerMessage(Level = LogLevel.Trace, Message = "Request {RequestId} has the prompt {Prompt}")]
    private partial void LogPrompt(string requestId, string prompt);
}
