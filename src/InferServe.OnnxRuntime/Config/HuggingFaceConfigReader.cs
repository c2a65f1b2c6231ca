using System.Text.Json;

namespace InferServe.OnnxRuntime.Config;

/// <summary>
/// Reads a Hugging Face <c>config.json</c>, as far as it describes one decoder of text. The names of the graph's inputs and outputs are those that
/// such folders use, which are the defaults.
/// </summary>
internal static class HuggingFaceConfigReader
{
    public const string File = "config.json";

    private const int MostTokens = 1 << 24;
    private const int MostLayers = 1024;
    private const int MostHeads = 4096;
    private const int LargestHead = 4096;

    private static readonly string[] OtherParts = ["vision_config", "audio_config", "text_config", "encoder", "decoder"];

    /// <summary>Returns the config, or null after adding every mistake to <paramref name="problems"/>.</summary>
    /// <param name="json">The file.</param>
    /// <param name="graphFile">The graph's path within the folder.</param>
    /// <param name="eosTokenIds">Tokens that end a sequence as <c>generation_config.json</c> has them.</param>
    /// <param name="problems">Where mistakes go.</param>
    public static GenAiConfig? Read(ReadOnlyMemory<byte> json, string graphFile, IReadOnlyList<int> eosTokenIds, List<string> problems)
    {
        int before = problems.Count;
        try
        {
            using var document = JsonDocument.Parse(json);
            var config = Read(JsonFields.OfRoot(document.RootElement, File, problems), graphFile, eosTokenIds);
            return problems.Count == before ? config : null;
        }
        catch (Exception exception) when (JsonFields.IsMalformed(exception))
        {
            problems.Add($"{File} is not valid JSON: {exception.Message}");
            return null;
        }
    }

    private static GenAiConfig Read(JsonFields root, string graphFile, IReadOnlyList<int> eosTokenIds)
    {
        foreach (string part in OtherParts.Where(root.Has))
        {
            root.Report(part, "is not supported: only models that are a single decoder of text are served");
        }

        if (root.OptionalBool("is_encoder_decoder") is true)
        {
            root.Report("is_encoder_decoder", "must be false: only models that are a single decoder of text are served");
        }

        int vocabularySize = root.OptionalInt("vocab_size", 1, MostTokens, required: true) ?? MostTokens;
        int attentionHeads = root.Int("num_attention_heads", 1, MostHeads);
        int keyValueHeads = root.OptionalInt("num_key_value_heads", 1, MostHeads) ?? attentionHeads;
        if (attentionHeads % keyValueHeads != 0)
        {
            root.Report("num_attention_heads", $"must be a multiple of num_key_value_heads {keyValueHeads}, got {attentionHeads}");
        }

        return new GenAiConfig
        {
            File = File,
            ModelType = root.Text("model_type"),
            GraphFile = graphFile,
            ContextLength = root.Int("max_position_embeddings", 2, MostTokens),
            VocabularySize = vocabularySize,
            BosTokenId = root.OptionalInt("bos_token_id", 0, vocabularySize - 1),
            EosTokenIds = ReadEosTokens(root, vocabularySize, eosTokenIds),
            PadTokenId = root.OptionalInt("pad_token_id", 0, vocabularySize - 1),
            Layers = root.Int("num_hidden_layers", 1, MostLayers),
            AttentionHeads = attentionHeads,
            KeyValueHeads = keyValueHeads,
            HeadSize = root.OptionalInt("head_dim", 1, LargestHead) ?? ReadHeadSize(root, attentionHeads),
        };
    }

    private static IReadOnlyList<int> ReadEosTokens(JsonFields root, int vocabularySize, IReadOnlyList<int> others) =>
        root.Has("eos_token_id") || others.Count == 0 ? root.Ints("eos_token_id", 0, vocabularySize - 1) : others;

    private static int ReadHeadSize(JsonFields root, int attentionHeads)
    {
        int hiddenSize = root.Int("hidden_size", 1, MostTokens);
        if (hiddenSize % attentionHeads != 0)
        {
            root.Report("hidden_size", $"must be a multiple of num_attention_heads {attentionHeads} where there is no head_dim, got {hiddenSize}");
        }

        return Math.Max(1, hiddenSize / attentionHeads);
    }
}
