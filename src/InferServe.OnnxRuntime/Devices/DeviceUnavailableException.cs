namespace InferServe.OnnxRuntime.Devices;

/// <summary>A device cannot be used. The message is one sentence without its end.</summary>
internal sealed class DeviceUnavailableException(string device, string reason, Exception? innerException = null)
    : Exception($"device '{device}' cannot be used: {reason}", innerException);
