namespace InferServe.IntegrationTests.Worker;

/// <summary>What ONNX Runtime's telemetry leaves behind where it is on.</summary>
internal static class TelemetryTraces
{
    /// <summary>
    /// Files and folders that a worker has made by the time it is ready. The runtime keeps what it reports, and under which identifier, in the cache folder. It is silent
    /// of itself where it sees a build server.
    /// </summary>
    public static async Task<string[]> OfWorkerAsync(params string[] arguments)
    {
        var cache = Directory.CreateTempSubdirectory("inferserve-");
        try
        {
            var environment = new Dictionary<string, string?>
            {
                ["XDG_CACHE_HOME"] = cache.FullName,
                ["HOME"] = cache.FullName,
                ["CI"] = null,
                ["TF_BUILD"] = null,
                ["GITHUB_ACTIONS"] = null,
                ["ORT_DISABLE_TELEMETRY"] = null,
                ["ORT_RUNNING_UNIT_TESTS"] = null,
            };
            await using var worker = await WorkerUnderTest.StartReadyAsync(environment, arguments);
            return [.. cache.EnumerateFileSystemInfos("*onnxruntime*", SearchOption.AllDirectories).Select(file => file.FullName)];
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }
}
