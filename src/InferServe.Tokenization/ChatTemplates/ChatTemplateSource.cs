using InferServe.Tokenization.Loading;

namespace InferServe.Tokenization.ChatTemplates;

/// <summary>
/// The chat templates of a model folder, as text, and the special tokens that they use. The first of these that is there counts:
/// <c>chat_template.jinja</c>, with <c>additional_chat_templates/*.jinja</c>; <c>chat_template</c> in <c>tokenizer_config.json</c>,
/// a string or a list of named templates; <c>chat_template</c> in <c>chat_template.json</c>.
/// </summary>
public sealed record ChatTemplateSource
{
    private const string DefaultName = "default";
    private const string ToolUseName = "tool_use";
    private const string DocumentsName = "rag";
    private const string Extension = ".jinja";

    /// <summary>The templates by name; a model's only template is called "default".</summary>
    public required IReadOnlyDictionary<string, string> Templates { get; init; }

    /// <summary>The variable <c>bos_token</c>; null leaves it undefined in the template.</summary>
    public string? BosToken { get; init; }

    /// <summary>The variable <c>eos_token</c>; null leaves it undefined in the template.</summary>
    public string? EosToken { get; init; }

    /// <summary>The template for a request: "tool_use" if it has tools and there is one, else "default"; null if there is none.</summary>
    public string? Select(bool hasTools) =>
        hasTools && Templates.TryGetValue(ToolUseName, out string? toolUse) ? toolUse : Templates.GetValueOrDefault(DefaultName);

    /// <summary>The template for requests with documents: "rag" if there is one, else "default"; null if there is none.</summary>
    public string? SelectForDocuments() => Templates.GetValueOrDefault(DocumentsName) ?? Select(hasTools: false);

    /// <summary>Looks for the templates of a model.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="config">Its <c>tokenizer_config.json</c> if that is read already, as <see cref="Tokenizer.Config"/> is.</param>
    /// <exception cref="TokenizerLoadException">A file cannot be read, is too large or malformed.</exception>
    public static ChatTemplateSource Load(string folder, TokenizerConfig? config = null)
    {
        config ??= ReadConfig(folder, "tokenizer_config.json");
        IReadOnlyDictionary<string, string> templates = ReadJinjaFiles(folder);
        templates = templates.Count > 0 ? templates : config.ChatTemplates;
        return new ChatTemplateSource
        {
            Templates = templates.Count > 0 ? templates : ReadConfig(folder, "chat_template.json").ChatTemplates,
            BosToken = config.BosToken,
            EosToken = config.EosToken,
        };
    }

    /// <summary>The same with the template of one file in place of all.</summary>
    /// <exception cref="TokenizerLoadException">The file does not exist, cannot be read or is too large.</exception>
    public ChatTemplateSource With(string file)
    {
        string name = Path.GetFileName(file);
        string text = ReadText(Path.GetDirectoryName(Path.GetFullPath(file))!, name)
            ?? throw new TokenizerLoadException($"The chat template '{file}' does not exist.");
        return this with { Templates = new Dictionary<string, string> { [DefaultName] = text } };
    }

    private static Dictionary<string, string> ReadJinjaFiles(string folder)
    {
        var templates = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ReadText(folder, "chat_template" + Extension) is not { } main)
        {
            return templates;
        }

        templates[DefaultName] = main;
        string additional = Path.Combine(folder, "additional_chat_templates");
        foreach (string path in Directory.Exists(additional) ? Directory.GetFiles(additional, "*" + Extension) : [])
        {
            templates[Path.GetFileNameWithoutExtension(path)] = ReadText(additional, Path.GetFileName(path))!;
        }

        return templates;
    }

    private static string? ReadText(string folder, string name)
    {
        using Stream? file = JsonFile.Open(folder, name);
        if (file is null)
        {
            return null;
        }

        using var content = new MemoryStream(JsonFile.Read(file, name, TokenizerLimits.ConfigBytes).ToArray());
        return new StreamReader(content).ReadToEnd();
    }

    private static TokenizerConfig ReadConfig(string folder, string name)
    {
        using Stream? file = JsonFile.Open(folder, name);
        return file is null
            ? TokenizerConfig.Empty
            : JsonFile.Parse(JsonFile.Read(file, name, TokenizerLimits.ConfigBytes), name, TokenizerConfigReader.Read);
    }
}
