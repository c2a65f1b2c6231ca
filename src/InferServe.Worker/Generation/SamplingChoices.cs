using System.ComponentModel.DataAnnotations;
using InferServe.OnnxRuntime.Config;

namespace InferServe.Worker.Generation;

/// <summary>
/// The section <c>Worker:Defaults</c> of the configuration: what holds for requests that do not say themselves; null leaves the choice to the
/// model's own files, and behind that to OpenAI's default.
/// </summary>
internal sealed record SamplingChoices
{
    /// <summary>Flattens the distribution; 0 always takes the likeliest token.</summary>
    [Range(0d, 2d)]
    public double? Temperature { get; init; }

    /// <summary>Keeps the likeliest tokens that together reach this share.</summary>
    [Range(0d, 1d, MinimumIsExclusive = true)]
    public double? TopP { get; init; }

    /// <summary>Keeps the k likeliest tokens; 0 or −1 keeps all.</summary>
    [Range(-1, 1_000_000)]
    public int? TopK { get; init; }

    /// <summary>Drops tokens less likely than this share of the likeliest.</summary>
    [Range(0d, 1d)]
    public double? MinP { get; init; }

    /// <summary>Makes tokens that occur in the answer less likely.</summary>
    [Range(-2d, 2d)]
    public double? PresencePenalty { get; init; }

    /// <summary>The same, the more the oftener they occur.</summary>
    [Range(-2d, 2d)]
    public double? FrequencyPenalty { get; init; }

    /// <summary>Makes tokens that occur in prompt or answer less likely (above 1) or likelier (below 1).</summary>
    [Range(0.01, 10d)]
    public double? RepetitionPenalty { get; init; }

    /// <summary>The most tokens of an answer.</summary>
    [Range(1, 16_777_216)]
    public int? MaxTokens { get; init; }

    /// <summary>The most tokens of prompt and answer together; where the prompt alone is longer, it says nothing.</summary>
    [Range(1, 16_777_216)]
    public int? MaxLength { get; init; }

    /// <summary>These choices, and those of the model's makers where these are open.</summary>
    public SamplingChoices Over(GenerationDefaults model) => this with
    {
        Temperature = Temperature ?? model.Temperature,
        TopP = TopP ?? model.TopP,
        TopK = TopK ?? model.TopK,
        MinP = MinP ?? model.MinP,
        RepetitionPenalty = RepetitionPenalty ?? model.RepetitionPenalty,
        MaxTokens = MaxTokens ?? model.MaxNewTokens,
        MaxLength = MaxLength ?? model.MaxLength,
    };
}
