namespace InferServe.Worker.Energy;

/// <summary>Energy cannot be measured; the message says why, in one sentence.</summary>
internal sealed class EnergyException(string message, Exception? inner = null) : Exception(message, inner);
