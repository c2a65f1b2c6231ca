using InferServe.OnnxRuntime.Graph;

namespace InferServe.OnnxRuntime.Rewriting;

/// <summary>A folder's graph as a file, before ONNX Runtime loads it.</summary>
internal static class GraphFile
{
    /// <summary>Why the graph's operators cannot be run; see <see cref="GraphCheck.NodeProblems"/>.</summary>
    public static IReadOnlyList<string> NodeProblems(ModelFolder folder)
    {
        try
        {
            using var stream = Open(folder);
            return GraphCheck.NodeProblems(GraphNodeReader.Read(stream), folder.Config.Layers);
        }
        catch (InvalidDataException exception)
        {
            return [$"'{folder.Config.GraphFile}' is not an ONNX model: {exception.Message}"];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [$"'{folder.Config.GraphFile}' cannot be read: {exception.Message}"];
        }
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
