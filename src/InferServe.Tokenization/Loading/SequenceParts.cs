namespace InferServe.Tokenization.Loading;

/// <summary>Reads lists of components.</summary>
internal static class SequenceParts
{
    /// <summary>The members of a list in their order, at most <see cref="TokenizerLimits.SequenceParts"/>.</summary>
    public static IReadOnlyList<JsonNode> Of(JsonNode sequence, string name)
    {
        JsonNode[] parts = [.. sequence.Get(name).Items().Take(TokenizerLimits.SequenceParts + 1)];
        return parts.Length <= TokenizerLimits.SequenceParts
            ? parts
            : throw sequence.Error($"a sequence has at most {TokenizerLimits.SequenceParts} parts");
    }

    /// <summary>A component that is no Sequence, or those of the Sequence and of the Sequences in it.</summary>
    public static IEnumerable<JsonNode> Flatten(JsonNode node, string name) =>
        node.Type() == "Sequence" ? Of(node, name).SelectMany(part => Flatten(part, name)) : [node];
}
