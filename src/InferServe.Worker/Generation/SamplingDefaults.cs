using InferServe.Contracts.Generation;
using InferServe.Engine.Requests;

namespace InferServe.Worker.Generation;

/// <summary>Decides each sampling parameter: the request's value, else the served model's, else OpenAI's default.</summary>
internal static class SamplingDefaults
{
    public static SamplingParameters Apply(GenerationParameters request, SamplingChoices model) => new()
    {
        Temperature = (float)(request.Temperature ?? model.Temperature ?? 1),
        TopP = (float)(request.TopP ?? model.TopP ?? 1),
        TopK = (int)Math.Max(0, request.TopK ?? model.TopK ?? 0),
        MinP = (float)(request.MinP ?? model.MinP ?? 0),
        PresencePenalty = (float)(request.PresencePenalty ?? model.PresencePenalty ?? 0),
        FrequencyPenalty = (float)(request.FrequencyPenalty ?? model.FrequencyPenalty ?? 0),
        RepetitionPenalty = (float)(request.RepetitionPenalty ?? model.RepetitionPenalty ?? 1),
        Seed = (ulong?)request.Seed,
    };

    /// <summary>The most tokens of an answer to a request that does not say; null for as many as the context holds.</summary>
    public static long? MaxTokens(int promptTokens, SamplingChoices model) =>
        model.MaxTokens ?? (model.MaxLength > promptTokens ? model.MaxLength - promptTokens : null);
}
