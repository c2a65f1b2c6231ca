using InferServe.Contracts.Errors;
using InferServe.Contracts.Json;
using InferServe.Contracts.Tokens;
using InferServe.Contracts.Validation;
using InferServe.Worker.Hosting;
using InferServe.Worker.Models;
using InferServe.Worker.Prompting;
using InferServe.Worker.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Tokens;

/// <summary>Translates between text and the model's tokens, without generating.</summary>
internal sealed class TokenizeHandler(ModelHost host, IOptions<WorkerOptions> options)
{
    private readonly RequestLimits _limits = options.Value.Limits;

    /// <exception cref="ApiException">The request cannot be answered.</exception>
    public async Task<JsonHttpResult<TokenizeResponse>> TokenizeAsync(HttpContext context)
    {
        host.Require();
        var body = await RequestBody.ReadAsync(context.Request, _limits.BodyBytes, context.RequestAborted);
        var (request, unknown) = RequestParser.Parse(body, ContractsJsonContext.Default.TokenizeRequest, _limits);
        TokenRequestValidator.Validate(request, _limits).ThrowIfAny();
        var model = host.Require(context.Request, request.Model!);
        IgnoredFields.Announce(context.Response, unknown);

        var tokens = request.Prompt is { } prompt
            ? PromptTokens.Encode(model.Tokenizer, prompt, request.AddSpecialTokens is not false, "prompt")
            : PromptTokens.Encode(model.Tokenizer, Render(request, model), request.AddSpecialTokens is true, "messages");
        return TypedResults.Json(
            new TokenizeResponse
            {
                Count = tokens.Length,
                MaxModelLen = model.ContextLength,
                Tokens = tokens,
                TokenStrs = request.ReturnTokenStrs is true ? Array.ConvertAll(tokens, token => model.Tokenizer.IdToToken(token) ?? string.Empty) : null,
            },
            WireJson.Context.TokenizeResponse);
    }

    /// <exception cref="ApiException">The request cannot be answered.</exception>
    public async Task<JsonHttpResult<DetokenizeResponse>> DetokenizeAsync(HttpContext context)
    {
        host.Require();
        var body = await RequestBody.ReadAsync(context.Request, _limits.BodyBytes, context.RequestAborted);
        var (request, unknown) = RequestParser.Parse(body, ContractsJsonContext.Default.DetokenizeRequest, _limits);
        TokenRequestValidator.Validate(request, _limits).ThrowIfAny();
        var model = host.Require(context.Request, request.Model!);
        IgnoredFields.Announce(context.Response, unknown);

        int[] tokens = [.. request.Tokens!];
        TokenIds.Check(tokens, model.VocabularySize, "tokens");
        return TypedResults.Json(
            new DetokenizeResponse { Prompt = model.Tokenizer.Decode(tokens, skipSpecialTokens: false) }, WireJson.Context.DetokenizeResponse);
    }

    private static string Render(TokenizeRequest request, LoadedModel model)
    {
        var prompt = model.ChatPrompt ?? throw new ApiException(ApiErrors.NotSupported(
            $"The model '{model.Name}' has no chat template; use 'prompt'.", "messages"));
        return prompt.Render(new ChatPromptInput
        {
            Messages = request.Messages!,
            Tools = request.Tools ?? [],
            Variables = request.ChatTemplateKwargs,
            AddGenerationPrompt = request.AddGenerationPrompt is not false,
            ContinueFinalMessage = request.ContinueFinalMessage is true,
        });
    }
}
