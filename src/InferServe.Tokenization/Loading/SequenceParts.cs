namespace InferServe.Tokenization.Loading;

/// <summary>Reads the members of a component of type Sequence.</summary>
internal static class SequenceParts
{
    /// <summary>The members in their order, at most <see cref="TokenizerLimits.SequenceParts"/>.</summary>
    public static IReadOnlyList<JsonNode> Of(JsonNode sequence, string name)
    {
        JsonNode[] parts = [.. sequence.Get(name).Items().Take(TokenizerLimits.SequenceParts + 1)];
        return parts.Length <= TokenizerLimits.SequenceParts
            ? parts
            : throw sequence.Error($"a sequence has at most {TokenizerLimits.SequenceParts} parts");
    }
}
