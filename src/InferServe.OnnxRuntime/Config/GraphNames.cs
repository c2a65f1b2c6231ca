using System.Globalization;

namespace InferServe.OnnxRuntime.Config;

/// <summary>
/// Names of the graph's inputs and outputs; <c>%d</c> stands for the layer. The defaults are those of ONNX Runtime GenAI.
/// </summary>
internal sealed record GraphNames
{
    public const string LayerMark = "%d";

    public string InputIds { get; init; } = "input_ids";

    public string AttentionMask { get; init; } = "attention_mask";

    /// <summary>The graph need not have this input.</summary>
    public string PositionIds { get; init; } = "position_ids";

    public string PastKeys { get; init; } = "past_key_values.%d.key";

    public string PastValues { get; init; } = "past_key_values.%d.value";

    public string Logits { get; init; } = "logits";

    public string PresentKeys { get; init; } = "present.%d.key";

    public string PresentValues { get; init; } = "present.%d.value";

    /// <summary>The name that a pattern gives for a layer.</summary>
    public static string OfLayer(string pattern, int layer)
    {
        return pattern.Replace(LayerMark, layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
