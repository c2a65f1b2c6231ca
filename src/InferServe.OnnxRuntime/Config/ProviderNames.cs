namespace InferServe.OnnxRuntime.Config;

/// <summary>The execution providers that ONNX Runtime GenAI's configs name, with its spelling.</summary>
internal static class ProviderNames
{
    public const string Cpu = "cpu";

    public static readonly IReadOnlyList<string> All =
        [Cpu, "cuda", "DML", "ROCM", "MIGraphX", "QNN", "WebGPU", "OpenVINO", "VitisAI", "NvTensorRtRtx", "CoreML", "XNNPACK", "RyzenAI", "WebNN", "AMDGPU"];

    /// <summary>The known spelling of a name in any case of letters; null where there is no such provider.</summary>
    public static string? Find(string name) => All.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
}
