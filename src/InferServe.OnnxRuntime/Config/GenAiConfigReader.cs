using System.Text.Json;

namespace InferServe.OnnxRuntime.Config;

/// <summary>
/// Reads <c>genai_config.json</c> (the schema of ONNX Runtime GenAI, https://onnxruntime.ai/docs/genai/reference/config.html).
/// Fields that serving does not need are ignored, also when unknown.
/// </summary>
internal static class GenAiConfigReader
{
    public const string File = "genai_config.json";

    // Generous bounds that keep every product of sizes within 64 bits.
    private const int MostTokens = 1 << 24;
    private const int MostLayers = 1024;
    private const int MostHeads = 4096;
    private const int LargestHead = 4096;

    private const string CombinedPast = "past_names";

    // Sections of models that are more than one decoder.
    private static readonly string[] OtherParts = ["encoder", "embedding", "vision", "speech", "encoder_decoder_init"];

    /// <summary>Returns the config, or null after adding every mistake to <paramref name="problems"/>.</summary>
    /// <param name="json">The file.</param>
    /// <param name="problems">Where sentences about mistakes go.</param>
    /// <param name="anyGraph">Whether another runtime than ours runs the model, so that what ours cannot run is no mistake.</param>
    public static GenAiConfig? Read(ReadOnlyMemory<byte> json, List<string> problems, bool anyGraph = false)
    {
        int before = problems.Count;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = JsonFields.OfRoot(document.RootElement, File, problems);
            var config = anyGraph ? ReadText(root) : Read(root);
            return problems.Count == before ? config : null;
        }
        catch (Exception exception) when (JsonFields.IsMalformed(exception))
        {
            problems.Add($"{File} is not valid JSON: {exception.Message}");
            return null;
        }
    }

    private static GenAiConfig Read(JsonFields root)
    {
        var model = root.Section("model", required: true);
        foreach (string part in OtherParts.Where(model.Has))
        {
            model.Report(part, "is not supported: only models that are a single decoder are served");
        }

        var decoder = model.Section("decoder", required: true);
        if (decoder.Has("pipeline"))
        {
            decoder.Report("pipeline", "is not supported: only models of a single graph are served");
        }

        // Where the vocabulary's size itself is wrong, token ids are not also measured by it.
        int vocabularySize = model.OptionalInt("vocab_size", 1, MostTokens, required: true) ?? MostTokens;
        int attentionHeads = decoder.Int("num_attention_heads", 1, MostHeads);
        int keyValueHeads = decoder.Int("num_key_value_heads", 1, MostHeads);
        if (attentionHeads % keyValueHeads != 0)
        {
            decoder.Report("num_attention_heads", $"must be a multiple of num_key_value_heads {keyValueHeads}, got {attentionHeads}");
        }

        return new GenAiConfig
        {
            ModelType = model.Text("type"),
            GraphFile = ReadGraphFile(decoder),
            ContextLength = model.Int("context_length", 2, MostTokens),
            VocabularySize = vocabularySize,
            BosTokenId = model.OptionalInt("bos_token_id", 0, vocabularySize - 1),
            EosTokenIds = model.Ints("eos_token_id", 0, vocabularySize - 1),
            PadTokenId = model.OptionalInt("pad_token_id", 0, vocabularySize - 1),
            Layers = decoder.Int("num_hidden_layers", 1, MostLayers),
            AttentionHeads = attentionHeads,
            KeyValueHeads = keyValueHeads,
            HeadSize = decoder.Int("head_size", 1, LargestHead),
            SlidingWindow = ReadSlidingWindow(decoder),
            Session = SessionSettingsReader.Read(decoder),
            Search = SearchReader.Read(root),
            Names = ReadNames(decoder),
        };
    }

    /// <summary>Only what concerns text; the graph is the other runtime's business.</summary>
    private static GenAiConfig ReadText(JsonFields root)
    {
        var model = root.Section("model", required: true);
        int vocabularySize = model.OptionalInt("vocab_size", 1, MostTokens, required: true) ?? MostTokens;
        var outputs = model.Section("decoder", required: true).Section("outputs", required: false);
        var names = new GraphNames();
        return new GenAiConfig
        {
            ModelType = model.Text("type"),
            GraphFile = "",
            ContextLength = model.Int("context_length", 2, MostTokens),
            VocabularySize = vocabularySize,
            BosTokenId = model.OptionalInt("bos_token_id", 0, vocabularySize - 1),
            EosTokenIds = model.Ints("eos_token_id", 0, vocabularySize - 1),
            PadTokenId = model.OptionalInt("pad_token_id", 0, vocabularySize - 1),
            Layers = 0,
            AttentionHeads = 0,
            KeyValueHeads = 0,
            HeadSize = 0,
            Search = SearchReader.Read(root),
            Names = names with { Logits = outputs.OptionalText("logits") ?? names.Logits },
        };
    }

    private static string ReadGraphFile(JsonFields decoder)
    {
        string file = decoder.Text("filename");
        if (file.Length > 0 && !FolderPath.IsWithin(file))
        {
            decoder.Report("filename", $"must stay within the model folder, got '{file}'");
        }

        return file;
    }

    /// <summary>The window of a cache that slides. How prompts are cut (<c>slide_inputs</c>) changes no result.</summary>
    private static int? ReadSlidingWindow(JsonFields decoder)
    {
        var window = decoder.Section("sliding_window", required: false);
        bool slides = decoder.Has("sliding_window") && (window.OptionalBool("slide_key_value_cache") ?? true);
        int? size = window.OptionalInt("window_size", 1, MostTokens, required: slides);
        return slides ? size : null;
    }

    private static GraphNames ReadNames(JsonFields decoder)
    {
        var inputs = decoder.Section("inputs", required: false);
        var outputs = decoder.Section("outputs", required: false);
        if (inputs.Has(CombinedPast))
        {
            inputs.Report(CombinedPast, "is not supported: keys and values must be separate inputs");
        }

        var defaults = new GraphNames();
        return new GraphNames
        {
            InputIds = inputs.OptionalText("input_ids") ?? defaults.InputIds,
            AttentionMask = inputs.OptionalText("attention_mask") ?? defaults.AttentionMask,
            PositionIds = inputs.OptionalText("position_ids") ?? defaults.PositionIds,
            PastKeys = ReadPattern(inputs, "past_key_names", defaults.PastKeys),
            PastValues = ReadPattern(inputs, "past_value_names", defaults.PastValues),
            Logits = outputs.OptionalText("logits") ?? defaults.Logits,
            PresentKeys = ReadPattern(outputs, "present_key_names", defaults.PresentKeys),
            PresentValues = ReadPattern(outputs, "present_value_names", defaults.PresentValues),
        };
    }

    private static string ReadPattern(JsonFields fields, string name, string fallback)
    {
        string pattern = fields.OptionalText(name) ?? fallback;
        if (pattern.Split(GraphNames.LayerMark).Length != 2)
        {
            fields.Report(name, $"must hold {GraphNames.LayerMark} once, in the place of the layer, got '{pattern}'");
        }

        return pattern;
    }
}
