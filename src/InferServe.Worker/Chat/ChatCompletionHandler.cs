using InferServe.Contracts.Chat;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Json;
using InferServe.Contracts.Tools;
using InferServe.Contracts.Validation;
using InferServe.Worker.Generation;
using InferServe.Worker.Hosting;
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
    ModelHost host, AnswerService answers, IOptions<WorkerOptions> options, TimeProvider time, ILogger<ChatCompletionHandler> logger)
{
    private const string PromptParam = "messages";

    private readonly RequestLimits _limits = options.Value.Limits;

    /// <exception cref="ApiException">The request cannot be answered.</exception>
    public async Task HandleAsync(HttpContext context)
    {
        // 1. The model.
        host.Require();

        // 2. The request.
        var body = await RequestBody.ReadAsync(context.Request, _limits.BodyBytes, context.RequestAborted);
        var (request, unknown) = RequestParser.Parse(body, ContractsJsonContext.Default.ChatCompletionRequest, _limits);
        ChatCompletionRequestValidator.Validate(request, _limits).ThrowIfAny();
        var model = host.Require(request.Model!);
        IgnoredFields.Announce(context.Response, unknown.Concat(IgnoredFields.WithoutEffect(request)));

        // 3. and 4. The prompt and the engine's request.
        var plan = Plan(context.TraceIdentifier, request, model);

        // 5. The answer.
        var identity = AnswerIdentity.Create("chatcmpl", model.Name, model.Fingerprint, time);
        var format = new ChatAnswerFormat(identity, request.StreamOptions?.IncludeUsage is true);
        await answers.AnswerAsync(context, model, plan, format);
    }

    private GenerationPlan Plan(string id, ChatCompletionRequest request, LoadedModel model)
    {
        var withTools = request.Tools is { Count: > 0 } && request.ToolChoice?.Mode is not ToolChoice.None;
        var prompt = model.ChatPrompt ?? throw new ApiException(ApiErrors.NotSupported(
            $"The model '{model.Name}' has no chat template; use /v1/completions.", PromptParam));
        var text = prompt.Render(request, withTools);
        LogPrompt(id, text);
        var tokens = PromptTokens.Encode(model.Tokenizer, text, addSpecialTokens: false, PromptParam);
        return new GenerationPlan
        {
            Request = GenerationRequestFactory.Create(
                id, request, tokens, request.MaxCompletionTokens ?? request.MaxTokens, model, PromptParam),
            StopStrings = request.Stop?.Values ?? [],
            FindToolCalls = withTools,
            ParallelToolCalls = request.ParallelToolCalls is not false,
            Stream = request.Stream is true,
        };
    }

    [LoggerMessage(Level = LogLevel.Trace, Message = "Request {RequestId} has the prompt {Prompt}")]
    private partial void LogPrompt(string requestId, string prompt);
}
