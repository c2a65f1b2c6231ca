using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Graph;
using InferServe.OnnxRuntime.Memory;
using InferServe.OnnxRuntime.Rewriting;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Inspection;

/// <summary>Looks at a model folder without loading its weights.</summary>
public static class FolderInspector
{
    private const int ShownFormats = 4;

    // Long enough for a chunk and a token, short enough to cost nothing.
    private const int TrialContext = 16;

    /// <summary>Tells what the folder is, and everything for which it would be refused that shows without loading it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="graphFile">The graph to take; null for the one that the folder names or that is found.</param>
    /// <param name="contextLength">The context that would be served; null for the model's.</param>
    public static FolderInspection Inspect(string path, string? graphFile = null, int? contextLength = null)
    {
        var inspection = new FolderInspection { Folder = Path.GetFullPath(path) };
        ModelFolder folder;
        try
        {
            folder = ModelFolder.Open(path, graphFile);
        }
        catch (ModelLoadException exception)
        {
            return inspection with { Problems = exception.Reasons };
        }

        var config = folder.Config;
        inspection = inspection with
        {
            ConfigFile = config.File,
            Family = config.ModelType,
            GraphFile = config.GraphFile,
            Layers = config.Layers,
            QueryHeads = config.AttentionHeads,
            KeyValueHeads = config.KeyValueHeads,
            HeadSize = config.HeadSize,
            VocabularySize = config.VocabularySize,
            ContextLength = config.ContextLength,
            Providers = [.. config.Session.Providers.Select(provider => provider.Name)],
        };

        List<string> problems = [.. new OnnxRunnerOptions { Rows = 1, ContextLength = contextLength }.Problems(config.ContextLength)];
        if (GraphFile.Outline(folder, problems) is { } graph)
        {
            int served = GraphFile.ContextLength(folder, graph, contextLength);
            inspection = inspection with { ServedContextLength = served };
            problems.AddRange(GraphFile.Problems(folder, graph, served));
            problems.AddRange(GraphCheck.SignatureProblems(graph.Signature, config));
            inspection = Describe(inspection, graph, config);
        }

        return inspection with { Problems = problems };
    }

    /// <summary>Loads the model and runs it once; returns the reasons for which that fails.</summary>
    public static IReadOnlyList<string> Try(string path, string? graphFile = null)
    {
        try
        {
            var folder = ModelFolder.Open(path, graphFile);
            var options = new OnnxRunnerOptions { Rows = 1, ContextLength = Math.Min(TrialContext, folder.Config.ContextLength) };
            OnnxModelRunner.Load(folder, options).Dispose();
            return [];
        }
        catch (ModelLoadException exception)
        {
            return exception.Reasons;
        }
    }

    private static FolderInspection Describe(FolderInspection inspection, GraphOutline graph, GenAiConfig config)
    {
        var key = graph.Signature.Input(GraphNames.OfLayer(config.Names.PastKeys, 0))?.Type;
        bool known = key is { } type && FloatTypes.Includes(type);
        return inspection with
        {
            KeyValueType = NameOf(key),
            LogitsType = NameOf(graph.Signature.Output(config.Names.Logits)?.Type),
            WeightBytes = graph.Weights.Sum(weight => weight.Bytes),
            WeightFormats = Formats(graph),
            KeyValueBytesPerToken = known ? BytesPerToken(config, key!.Value) : null,
            AdapterInputs = graph.Defaults.Count,
        };
    }

    private static string? NameOf(TensorElementType? type) => type switch
    {
        TensorElementType.Float => "float32",
        TensorElementType.Float16 => "float16",
        TensorElementType.BFloat16 => "bfloat16",
        _ => type?.ToString(),
    };

    private static long BytesPerToken(GenAiConfig config, TensorElementType type) =>
        new KvShape(config.Layers, 1, config.KeyValueHeads, 1, config.HeadSize, type).TokenBytes;

    private static List<string> Formats(GraphOutline graph) =>
    [
        .. graph.Nodes.Where(node => node.OpType is GraphNode.QuantizedProduct or "MatMul" or "Gemm")
            .GroupBy(node => node.OpType == GraphNode.QuantizedProduct ? FormatOf(node) : "not quantised")
            .OrderByDescending(group => group.Count())
            .Take(ShownFormats)
            .Select(group => $"{group.Count()} products: {group.Key}"),
    ];

    private static string FormatOf(GraphNode node) =>
        $"{node.Attributes.GetValueOrDefault("bits", 4)} bits in blocks of {node.Attributes.GetValueOrDefault("block_size")}";
}
