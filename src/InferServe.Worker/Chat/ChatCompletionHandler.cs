using InferServe.Contracts.Chat;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Json;
using InferServe.Contracts.Tools;
using InferServe.Contracts.Validation;
using InferServe.Worker.Generation;
using InferServe.Worker.Hosting;
using InferServe.Worker.Logprobs;
using InferServe.Worker.Models;
using InferServe.Worker.Prompting;
using InferServe.Worker.Requests;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Chat;

/// <summary>
/// Answers a chat:
/// <list type="number">
/// <item>The model must take requests.</item>
/// <item>The body becomes a request; every violated rule is named.</item>
/// <item>The chat becomes a prompt by the model's template, and the prompt tokens.</item>
/// <item>The prompt must fit; together with the parameters it becomes the engine's request.</item>
/// <item>The engine's tokens become the answer, whole or streamed.</item>
/// </list>
/// </summary>
internal sealed partial class ChatCompletionHandler(
    ModelHost host, AnswerService answers, IOptions<WorkerOptions> workerOptions, TimeProvider time, ILogger<ChatCompletionHandler> logger)
{
    private const string PromptParam = "messages";

    private readonly RequestLimits _limits = workerOptions.Value.Limits;

    /// <exception cref="ApiException">The request cannot be answered.</exception>
    public async Task HandleAsync(HttpContext context)
    {
        // 1. The model.
        host.Require();

        // 2. The request.
        var body = await RequestBody.ReadAsync(context.Request, _limits.BodyBytes, context.RequestAborted);
        var (request, unknown) = RequestParser.Parse(body, ContractsJsonContext.Default.ChatCompletionRequest, _limits);
        ChatCompletionRequestValidator.Validate(request, _limits).ThrowIfAny();
        var model = host.Require(context.Request, request.Model!);
        IgnoredFields.Announce(context.Response, unknown.Concat(IgnoredFields.WithoutEffect(request, model.ChatPrompt)));

        // 3. and 4. The prompt and the engine's request.
        var plan = Plan(context.TraceIdentifier, request, model);

        // 5. The answer.
        var identity = AnswerIdentity.Create("chatcmpl", model.Name, model.Fingerprint, time);
        var options = new AnswerOptions
        {
            IncludeUsage = request.StreamOptions?.IncludeUsage is true,
            TokenIds = request.ReturnTokenIds is true,
            Prompts = [.. plan.Requests.Select(one => one.PromptTokens.ToArray())],
        };
        var format = new ChatAnswerFormat(identity, options, new LogprobFormat(new TokenTexts(model.Tokenizer)));
        await answers.AnswerAsync(context, model, plan, format);
    }

    private GenerationPlan Plan(string id, ChatCompletionRequest request, LoadedModel model)
    {
        var withTools = request.Tools is { Count: > 0 } && request.ToolChoice?.Mode is not ToolChoice.None;
        var prompt = model.ChatPrompt ?? throw new ApiException(ApiErrors.NotSupported(
            $"The model '{model.Name}' has no chat template; use /v1/completions.", PromptParam));
        var text = prompt.Render(new ChatPromptInput
        {
            Messages = request.Messages!,
            Tools = withTools ? request.Tools! : [],
            Variables = request.ChatTemplateKwargs,
            ReasoningEffort = request.ReasoningEffort,
            AddGenerationPrompt = request.AddGenerationPrompt is not false,
            ContinueFinalMessage = request.ContinueFinalMessage is true,
        });
        LogPrompt(id, text);
        var syntax = model.Formats.Syntax(text, withTools ? request.Tools! : null);
        var tokens = PromptTokens.Encode(model.Tokenizer, text, addSpecialTokens: false, PromptParam);
        var generation = GenerationRequestFactory.Create(
            id, request, tokens, request.MaxCompletionTokens ?? request.MaxTokens, model, PromptParam,
            request.Logprobs is true ? (int)(request.TopLogprobs ?? 0) : null);
        return new GenerationPlan
        {
            Requests = [generation with { Grammar = model.Forms.Of(request, withTools, syntax.ReasoningOpened) }],
            Samples = (int)(request.N ?? 1),
            StopStrings = request.Stop?.Values ?? [],
            IncludeStopString = request.IncludeStopStrInOutput is true,
            ShowTokens = request.Logprobs is true || request.ReturnTokenIds is true,
            Syntax = syntax,
            ParallelToolCalls = request.ParallelToolCalls is not false,
            Stream = request.Stream is true,
        };
    }

    [LoggerMessage(Level = LogLevel.Trace, Message = "Request {RequestId} has the prompt {Prompt}")]
    private partial void LogPrompt(string requestId, string prompt);
}
