using InferServe.OnnxRuntime.Config;

namespace InferServe.OnnxRuntime.Graph;

/// <summary>Whether the files that a graph takes weights from are there, within the model folder and long enough.</summary>
internal static class ExternalDataCheck
{
    /// <summary>Why the weights beside the graph cannot be used, one sentence for each file.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="graphFolder">Full path of the folder that the graph is in, at which locations start.</param>
    public static IReadOnlyList<string> Problems(GraphOutline graph, string graphFolder) =>
    [
        .. graph.Weights.Where(weight => weight.External is not null)
            .GroupBy(weight => weight.External!.Location)
            .Select(file => Problem(file.Key, [.. file], graphFolder))
            .OfType<string>(),
    ];

    private static string? Problem(string location, IReadOnlyList<WeightTensor> weights, string graphFolder)
    {
        string subject = $"the data file '{location}' of the weight '{weights[0].Name}'";
        if (!FolderPath.IsWithin(location))
        {
            return $"{subject} must be named by a path within the model folder";
        }

        var file = new FileInfo(Path.Combine(graphFolder, location));
        if (!file.Exists)
        {
            return $"{subject} does not exist";
        }

        long length = ResolvedLength(file);
        var beyond = weights.FirstOrDefault(weight => IsBeyond(weight.External!, length));
        return beyond is null
            ? null
            : $"the data file '{location}' is too short: it has {length} bytes, but the weight '{beyond.Name}' takes "
                + $"{(beyond.External!.Length is { } bytes ? $"{bytes} bytes " : "")}from byte {beyond.External.Offset} on";
    }

    private static long ResolvedLength(FileInfo file) => (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;

    private static bool IsBeyond(ExternalData data, long length) => data.Offset > length || (data.Length ?? 0) > length - data.Offset;
}
