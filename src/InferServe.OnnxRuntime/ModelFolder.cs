using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Rewriting;

namespace InferServe.OnnxRuntime;

/// <summary>
/// A model folder in ONNX Runtime GenAI's layout (<c>genai_config.json</c>, the graph that it names, the tokenizer's files and optionally
/// <c>generation_config.json</c>), or in the layout of ONNX models on Hugging Face (<c>config.json</c> and graphs in <c>onnx/</c>). Opening reads the
/// configs; the graph is read by <see cref="OnnxModelRunner.Load"/>.
/// </summary>
public sealed class ModelFolder
{
    private const string GenerationConfigFile = "generation_config.json";
    private const int LargestConfigBytes = 1 << 20;

    private ModelFolder(string path, GenAiConfig config, GenerationConfig generation)
    {
        Path = path;
        Config = config;
        EndTokens = [.. config.EosTokenIds.Concat(generation.EosTokenIds.Where(token => token < config.VocabularySize)).Distinct()];
        Defaults = Join(config.Search, generation.Defaults);
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>What <c>genai_config.json</c> or <c>config.json</c> says.</summary>
    public GenAiConfig Config { get; }

    /// <summary>
    /// How the model's makers want tokens to be chosen: what <c>generation_config.json</c> says, or, where it says nothing about that, the
    /// <c>search</c> of <c>genai_config.json</c>.
    /// </summary>
    public GenerationDefaults Defaults { get; }

    /// <summary>Tokens that end a sequence: those of the config and those of <c>generation_config.json</c>; at least one.</summary>
    public IReadOnlyList<int> EndTokens { get; }

    /// <summary>The graph.</summary>
    public string GraphPath => System.IO.Path.Combine(Path, Config.GraphFile);

    /// <summary>The graph, where it exists, and the files beside it that hold its weights.</summary>
    public IReadOnlyList<string> GraphFiles => GraphFile.Paths(this);

    /// <summary>The tokenizer in Hugging Face's format; whether it exists is checked by its reader.</summary>
    public string TokenizerPath => System.IO.Path.Combine(Path, "tokenizer.json");

    /// <summary>Special tokens and, in older folders, the chat template; may be missing.</summary>
    public string TokenizerConfigPath => System.IO.Path.Combine(Path, "tokenizer_config.json");

    /// <summary>The chat template; may be missing.</summary>
    public string ChatTemplatePath => System.IO.Path.Combine(Path, "chat_template.jinja");

    /// <summary>Opens a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="graphFile">The graph to take, relative to the folder; null for the one that the folder names, or the first in a stated order.</param>
    /// <param name="anyGraph">Whether another runtime than ours runs the model; then nothing is said about its graph, and the config does not name one.</param>
    /// <exception cref="ModelLoadException">The folder, a needed file or a needed field is missing or wrong; every reason is given.</exception>
    public static ModelFolder Open(string path, string? graphFile = null, bool anyGraph = false)
    {
        string folder = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(folder))
        {
            throw new ModelLoadException(folder, ["the folder does not exist"]);
        }

        List<string> problems = [];
        var generation = GenerationConfig.None;
        if (ReadFile(folder, GenerationConfigFile, problems) is { } generationBytes)
        {
            generation = GenerationConfigReader.Read(generationBytes, problems);
        }

        var config = ReadConfig(folder, graphFile, anyGraph, generation, problems);
        return config is null || problems.Count > 0
            ? throw new ModelLoadException(folder, problems)
            : new ModelFolder(folder, config, generation);
    }

    private static GenAiConfig? ReadConfig(string folder, string? graphFile, bool anyGraph, GenerationConfig generation, List<string> problems)
    {
        if (graphFile is not null && !FolderPath.IsWithin(graphFile))
        {
            problems.Add($"the graph must be named by a path within the model folder, got '{graphFile}'");
            return null;
        }

        GenAiConfig? config;
        if (ReadFile(folder, GenAiConfigReader.File, problems) is { } genAi)
        {
            config = GenAiConfigReader.Read(genAi, problems, anyGraph);
            config = config is null || graphFile is null ? config : config with { GraphFile = graphFile };
        }
        else if (anyGraph)
        {
            problems.Add($"{GenAiConfigReader.File}, which the runtime asks for, does not exist");
            return null;
        }
        else if (ReadFile(folder, HuggingFaceConfigReader.File, problems) is { } huggingFace)
        {
            string? graph = graphFile ?? GraphChoice.In(folder);
            if (graph is null)
            {
                problems.Add($"the folder holds no graph: {GenAiConfigReader.File} does not exist, and neither does any of {string.Join(", ", GraphChoice.Order)}");
            }

            config = HuggingFaceConfigReader.Read(huggingFace, graph ?? "", generation.EosTokenIds, problems);
            if (graph is null)
            {
                return null;
            }
        }
        else
        {
            if (problems.Count == 0)
            {
                problems.Add($"{GenAiConfigReader.File} does not exist, and neither does {HuggingFaceConfigReader.File}");
            }

            return null;
        }

        if (config is not null && !anyGraph && !File.Exists(System.IO.Path.Combine(folder, config.GraphFile)))
        {
            string by = graphFile is null ? $" that {config.File} names" : "";
            problems.Add($"the graph '{config.GraphFile}'{by} does not exist");
        }

        return config;
    }

    private static GenerationDefaults Join(GenerationDefaults search, GenerationDefaults generation) =>
        (generation.SaysHow ? generation : search) with { MaxNewTokens = generation.MaxNewTokens, MaxLength = search.MaxLength };

    /// <summary>The file's bytes; null where it does not exist or cannot be read.</summary>
    private static byte[]? ReadFile(string folder, string name, List<string> problems)
    {
        var file = new FileInfo(System.IO.Path.Combine(folder, name));
        if (!file.Exists)
        {
            return null;
        }

        if (file.Length > LargestConfigBytes)
        {
            problems.Add($"{name} must not be larger than {LargestConfigBytes} bytes, it has {file.Length}");
            return null;
        }

        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{name} cannot be read: {exception.Message}");
            return null;
        }
    }
}
