namespace InferServe.Worker.Hosting;

/// <summary>An entry of <c>Worker:Adapters</c>.</summary>
internal sealed class AdapterOptions
{
    /// <summary>The name by which requests choose the adapter. Required.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The <c>.onnx_adapter</c> file, absolute or relative to the current directory. Required.</summary>
    public string Path { get; set; } = string.Empty;
}
