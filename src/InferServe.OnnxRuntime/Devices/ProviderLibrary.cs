namespace InferServe.OnnxRuntime.Devices;

/// <summary>A library with an execution provider, brought by its user.</summary>
/// <param name="Name">The name under which it is registered, and by which a model asks for it.</param>
/// <param name="Path">The library's file.</param>
public sealed record ProviderLibrary(string Name, string Path);
