namespace InferServe.OnnxRuntime.Devices;

/// <summary>A device to try.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Warnings">Why those before it cannot be used.</param>
internal sealed record DeviceAttempt(string Name, IReadOnlyList<string> Warnings);
