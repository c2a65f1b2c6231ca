using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Graph;

namespace InferServe.OnnxRuntime.Rewriting;

/// <summary>A folder's graph as a file, before ONNX Runtime loads it.</summary>
internal static class GraphFile
{
    /// <summary>What the file tells without its weights; null when it is not a graph, for the reason that is added to <paramref name="problems"/>.</summary>
    public static GraphOutline? Outline(ModelFolder folder, List<string> problems)
    {
        try
        {
            using var stream = Open(folder);
            return GraphOutlineReader.Read(stream);
        }
        catch (InvalidDataException exception)
        {
            problems.Add($"'{folder.Config.GraphFile}' is not an ONNX model: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"'{folder.Config.GraphFile}' cannot be read: {exception.Message}");
        }

        return null;
    }

    /// <summary>Full paths of the graph and of the files that it takes weights from, as far as they are there.</summary>
    public static IReadOnlyList<string> Paths(ModelFolder folder)
    {
        string beside = Path.GetDirectoryName(folder.GraphPath)!;
        var external = Outline(folder, [])?.Weights.Select(weight => weight.External?.Location).OfType<string>().Where(FolderPath.IsWithin) ?? [];
        return [.. external.Distinct().Select(location => Path.Combine(beside, location)).Prepend(folder.GraphPath).Where(File.Exists)];
    }

    /// <summary>The most tokens of a row: what is asked for, else what the model and its graph allow.</summary>
    public static int ContextLength(ModelFolder folder, GraphOutline? graph, int? asked) =>
        asked ?? (graph is null ? null : RotarySwitch.Find(graph))?.Limit(folder.Config.ContextLength) ?? folder.Config.ContextLength;

    /// <summary>Why the graph cannot be run, as far as it shows without loading it; see <see cref="GraphCheck"/>.</summary>
    public static IReadOnlyList<string> Problems(ModelFolder folder, GraphOutline graph, int contextLength)
    {
        var config = folder.Config;
        return
        [
            .. GraphCheck.NodeProblems(graph.Nodes, config.Layers, config.File),
            .. RotarySwitch.Find(graph)?.Problems(contextLength) ?? [],
            .. GraphCheck.SlidingWindowProblems(graph.Nodes, config.SlidingWindow, contextLength, config.File),
            .. ExternalDataCheck.Problems(graph, Path.GetDirectoryName(folder.GraphPath)!),
        ];
    }

    /// <summary>The graph edited by <see cref="LogitsWindow"/>, or null to take it as it is.</summary>
    public static WindowedGraph? OpenWindowed(ModelFolder folder)
    {
        using var stream = Open(folder);
        return LogitsWindow.Open(stream, folder.Config.Names.Logits, folder.Config.VocabularySize);
    }

    private static FileStream Open(ModelFolder folder) =>
        new(folder.GraphPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
}
