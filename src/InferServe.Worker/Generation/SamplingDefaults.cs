using InferServe.Contracts.Generation;
using InferServe.Engine.Requests;
using InferServe.OnnxRuntime.Config;

namespace InferServe.Worker.Generation;

/// <summary>Decides each sampling parameter: the request's value, else the model's, else OpenAI's default.</summary>
internal static class SamplingDefaults
{
    public static SamplingParameters Apply(GenerationParameters request, GenerationDefaults model) => new()
    {
        Temperature = (float?)request.Temperature ?? model.Temperature ?? 1f,
        TopP = (float?)request.TopP ?? model.TopP ?? 1f,
        TopK = request.TopK is { } topK ? (int)Math.Max(0, topK) : model.TopK ?? 0,
        MinP = (float?)request.MinP ?? model.MinP ?? 0f,
        PresencePenalty = (float?)request.PresencePenalty ?? 0f,
        FrequencyPenalty = (float?)request.FrequencyPenalty ?? 0f,
        RepetitionPenalty = (float?)request.RepetitionPenalty ?? 1f,
        Seed = (ulong?)request.Seed,
    };
}
