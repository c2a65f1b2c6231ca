using InferServe.Contracts.Completions;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Json;
using InferServe.Contracts.Validation;
using InferServe.Worker.Generation;
using InferServe.Worker.Hosting;
using InferServe.Worker.Logprobs;
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
        var model = host.Require(context.Request, request.Model!);
        IgnoredFields.Announce(context.Response, unknown);
        var prompts = Prompts(context.TraceIdentifier, request.Prompt!, model);
        var plan = Plan(context.TraceIdentifier, request, prompts, model);
        var format = new CompletionAnswerFormat(
            AnswerIdentity.Create("cmpl", model.Name, model.Fingerprint, time),
            new AnswerOptions
            {
                IncludeUsage = request.StreamOptions?.IncludeUsage is true,
                TokenIds = request.ReturnTokenIds is true,
                Prompts = prompts,
            },
            plan.Samples,
            request.Echo is true ? request.Prompt!.Texts ?? [.. prompts.Select(tokens => model.Tokenizer.Decode(tokens, skipSpecialTokens: false))] : null,
            EchoesLogprobs(request),
            new LogprobFormat(new TokenTexts(model.Tokenizer)));
        await answers.AnswerAsync(context, model, plan, format);
    }

    /// <summary>The log-probabilities of an echoed prompt are those of the answer's first tokens.</summary>
    private static bool EchoesLogprobs(CompletionRequest request) => request is { Echo: true, Logprobs: not null };

    private List<int[]> Prompts(string id, CompletionPrompt prompt, LoadedModel model)
    {
        if (prompt.TokenIds is { } given)
        {
            return [.. given.Select(ids => ids.ToArray())];
        }

        var prompts = new List<int[]>();
        foreach (var text in prompt.Texts!)
        {
            LogPrompt(id, text);
            prompts.Add(PromptTokens.Encode(model.Tokenizer, text, addSpecialTokens: true, PromptParam));
        }

        return prompts;
    }

    private static GenerationPlan Plan(string id, CompletionRequest request, List<int[]> prompts, LoadedModel model)
    {
        var topLogprobs = (int?)request.Logprobs;
        var grammar = model.Forms.Of(request.StructuredOutputs);
        return new GenerationPlan
        {
            Requests =
            [
                .. from prompt in prompts
                   let one = GenerationRequestFactory.Create(id, request, prompt, request.MaxTokens ?? DefaultMaxTokens, model, PromptParam, topLogprobs) with { Grammar = grammar }
                   select EchoesLogprobs(request) ? one with { PromptLogprobs = GenerationRequestFactory.PromptLogprobs(topLogprobs, "echo", model) } : one,
            ],
            Samples = (int)(request.N ?? 1),
            StopStrings = request.Stop?.Values ?? [],
            IncludeStopString = request.IncludeStopStrInOutput is true,
            ShowTokens = request.Logprobs is not null || request.ReturnTokenIds is true,
            Stream = request.Stream is true,
        };
    }

    [LoggerMessage(Level = LogLevel.Trace, Message = "Request {RequestId} has the prompt {Prompt}")]
    private partial void LogPrompt(string requestId, string prompt);
}
