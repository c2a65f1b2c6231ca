namespace InferServe.Worker.Hosting;

/// <summary>An entry of <c>Worker:ExecutionProviderLibraries</c>.</summary>
internal sealed class ProviderLibraryOptions
{
    /// <summary>The name under which it is registered, and by which <see cref="WorkerOptions.Device"/> asks for it. Required.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The library's file, absolute or relative to the current directory. Required.</summary>
    public string Path { get; set; } = string.Empty;
}
