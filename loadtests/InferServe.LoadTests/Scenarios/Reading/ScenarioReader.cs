using System.Text.Json;
using System.Text.Json.Nodes;
using InferServe.LoadTests.Scenarios.Json;

namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>Reads a scenario file; every mistake is reported at once, with its place.</summary>
internal static class ScenarioReader
{
    private const int MostBytes = 1 << 20;
    private const double MostTimeout = 86_400;

    private static readonly string[] Reserved =
        ["model", "messages", "prompt", "stream", "stream_options", "max_tokens", "max_completion_tokens", "min_tokens", "ignore_eos", "n"];

    /// <summary>Reads a file. Paths in it start at its own folder.</summary>
    /// <exception cref="ScenarioException">The file cannot be read or has mistakes; the message lists them with their places.</exception>
    public static Scenario ReadFile(string path, ScenarioChoices choices)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length > MostBytes
                ? throw new ScenarioException($"{path}: a scenario has at most {MostBytes} bytes; it has {length}")
                : Read(File.ReadAllBytes(path), path, choices);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{path}: {problem.Message}");
        }
    }

    /// <summary>Reads the text of a file named <paramref name="file"/>.</summary>
    /// <exception cref="ScenarioException">The text has mistakes.</exception>
    public static Scenario Read(ReadOnlySpan<byte> text, string file, ScenarioChoices choices)
    {
        PlacedNode root = PlacedNodeParser.Parse(text, file);
        if (root.Kind != JsonValueKind.Object)
        {
            throw new ScenarioException($"{file}:{root.Line}:{root.Column}: a scenario must be an object");
        }

        var mistakes = new ScenarioMistakes(file);
        IReadOnlyDictionary<string, string> variables = VariableReader.Read(root, choices, mistakes);
        var section = new ScenarioSection(root, mistakes, variables);
        section.Has("$schema");
        section.Has("variables");
        section.Has("profiles");
        var folder = new ScenarioFolder(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        var scenario = new Scenario
        {
            Name = section.Text("name"),
            Description = section.Text("description"),
            Good = section.Text("good"),
            Variables = variables,
            Load = LoadReader.Read(section.Section("load", required: true), folder),
            Endpoint = section.Choice("endpoint", ["chat", "completions"], "chat") == "completions" ? Endpoint.Completions : Endpoint.Chat,
            Models = PartReader.Models(section),
            Prompts = PromptReader.Read(section.Section("prompts", required: true), folder),
            Output = PartReader.Output(section.Section("output", required: true)),
            Body = Body(section.Section("body")),
            Aborts = PartReader.Aborts(section.Section("aborts")),
            Connection = PartReader.Connection(section.Section("connection")),
            Timeout = TimeSpan.FromSeconds(section.Number("timeoutSeconds", 0.01, MostTimeout, 300)),
            ExpectedErrors = PartReader.Texts(section, "expectedErrors"),
            RequestObjectives = ObjectiveReader.Request(section.Section("objectives")?.Section("request")),
            Objectives = ObjectiveReader.Run(section.Section("objectives")),
        };
        section.Finish();
        mistakes.ThrowIfAny();
        return scenario;
    }

    /// <summary>Fields of requests are the server's matter and are taken as they are, but for those that the rest of the scenario sets.</summary>
    private static JsonObject Body(ScenarioSection? section)
    {
        if (section is null)
        {
            return [];
        }

        foreach (string name in Reserved.Where(name => section.Node.Find(name) is not null))
        {
            section.Mistake(name, "is set by the load test itself");
        }

        return (JsonObject)PlainJson.Of(section.Node)!;
    }
}
