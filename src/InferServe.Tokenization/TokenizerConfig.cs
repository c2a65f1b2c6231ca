namespace InferServe.Tokenization;

/// <summary>What <c>tokenizer_config.json</c> says, as far as it matters here. Every member is optional in the file.</summary>
public sealed record TokenizerConfig
{
    /// <summary>The configuration of a folder without <c>tokenizer_config.json</c>.</summary>
    public static TokenizerConfig Empty { get; } = new();

    /// <summary>The token that begins a text, or null.</summary>
    public string? BosToken { get; init; }

    /// <summary>The token with which the model ends its output, or null.</summary>
    public string? EosToken { get; init; }

    /// <summary>The token that fills up shorter rows of a batch, or null.</summary>
    public string? PadToken { get; init; }

    /// <summary>The token that stands for text without a token of its own, or null.</summary>
    public string? UnkToken { get; init; }

    /// <summary>
    /// Whether the bos token is to stand before a prompt, null when the file does not say. <see cref="Tokenizer.Encode"/> follows the
    /// post-processor of <c>tokenizer.json</c> alone, as the reference does.
    /// </summary>
    public bool? AddBosToken { get; init; }

    /// <summary>
    /// The chat templates as they stand in the file, by name. A template given as a plain string has the name <c>default</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> ChatTemplates { get; init; } = new Dictionary<string, string>();
}
