using InferServe.OnnxRuntime.Config;

namespace InferServe.OnnxRuntime;

/// <summary>
/// A model folder in ONNX Runtime GenAI's layout: <c>genai_config.json</c>, the graph that it names, the tokenizer's files and
/// optionally <c>generation_config.json</c>. Opening reads the two configs; the graph is read by <see cref="OnnxModelRunner.Load"/>.
/// </summary>
public sealed class ModelFolder
{
    private const string ConfigFile = "genai_config.json";
    private const string GenerationConfigFile = "generation_config.json";
    private const int LargestConfigBytes = 1 << 20;

    private ModelFolder(string path, GenAiConfig config, GenerationDefaults defaults)
    {
        Path = path;
        Config = config;
        Defaults = defaults;
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>What <c>genai_config.json</c> says.</summary>
    public GenAiConfig Config { get; }

    /// <summary>What <c>generation_config.json</c> says; all absent when there is no such file.</summary>
    public GenerationDefaults Defaults { get; }

    /// <summary>The graph.</summary>
    public string GraphPath => System.IO.Path.Combine(Path, Config.GraphFile);

    /// <summary>The tokenizer in Hugging Face's format; whether it exists is checked by its reader.</summary>
    public string TokenizerPath => System.IO.Path.Combine(Path, "tokenizer.json");

    /// <summary>Special tokens and, in older folders, the chat template; may be missing.</summary>
    public string TokenizerConfigPath => System.IO.Path.Combine(Path, "tokenizer_config.json");

    /// <summary>The chat template; may be missing.</summary>
    public string ChatTemplatePath => System.IO.Path.Combine(Path, "chat_template.jinja");

    /// <summary>Opens a folder.</summary>
    /// <exception cref="ModelLoadException">The folder, a needed file or a needed field is missing or wrong; every reason is given.</exception>
    public static ModelFolder Open(string path)
    {
        string folder = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(folder))
        {
            throw new ModelLoadException(folder, ["the folder does not exist"]);
        }

        List<string> problems = [];
        GenAiConfig? config = null;
        if (ReadFile(folder, ConfigFile, required: true, problems) is { } configBytes)
        {
            config = GenAiConfigReader.Read(configBytes, problems);
        }

        var defaults = GenerationDefaults.None;
        if (ReadFile(folder, GenerationConfigFile, required: false, problems) is { } defaultsBytes)
        {
            defaults = GenerationDefaultsReader.Read(defaultsBytes, problems);
        }

        if (config is not null && !File.Exists(System.IO.Path.Combine(folder, config.GraphFile)))
        {
            problems.Add($"the graph '{config.GraphFile}' that {ConfigFile} names does not exist");
        }

        return config is null || problems.Count > 0
            ? throw new ModelLoadException(folder, problems)
            : new ModelFolder(folder, config, defaults);
    }

    private static byte[]? ReadFile(string folder, string name, bool required, List<string> problems)
    {
        var file = new FileInfo(System.IO.Path.Combine(folder, name));
        if (!file.Exists)
        {
            if (required)
            {
                problems.Add($"{name} does not exist");
            }

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
