using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Devices;
using InferServe.OnnxRuntime.Memory.Device;
using InferServe.OnnxRuntime.Running;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>Opens KV memory where the session's attention wants it.</summary>
internal static class KvStores
{
    /// <summary>Rows beside those that hold sequences: padding.</summary>
    public const int PaddingRows = 1;

    // Memories in which a tensor may begin anywhere.
    private static readonly string[] WithAddresses = ["Cpu", "Cuda", "Hip"];

    /// <exception cref="DeviceUnavailableException">The device's provider does not run attention.</exception>
    /// <exception cref="InsufficientMemoryException">The device has no room, or the budget none for a single row.</exception>
    public static (KvShape Shape, IKvStore Store) Open(GraphSession session, GenAiConfig config, OnnxRunnerOptions options, int contextLength)
    {
        string keys = GraphNames.OfLayer(config.Names.PastKeys, 0);
        var memory = session.MemoryOfInput(keys);
        bool onDevice = memory.GetDeviceType() != OrtMemoryInfoDeviceType.CPU;
        if (!onDevice && !session.Factory.IsProcessor)
        {
            throw new DeviceUnavailableException(session.Factory.Device, "its execution provider leaves the GroupQueryAttention of this graph to the processor");
        }

        var shape = new KvShape(
            config.Layers,
            options.Rows + PaddingRows,
            config.KeyValueHeads,
            contextLength,
            config.HeadSize,
            session.Signature.Input(keys)!.Type);
        if (!onDevice && options.Placement is null)
        {
            return (shape, new HostKvStore(shape));
        }

        bool hasAddresses = options.Placement is { } placement ? placement == KvPlacement.DeviceWithAddresses : WithAddresses.Contains(memory.Name);
        int rows = DeviceRows.Fit(options.KvMemoryBytes, shape.TokenBytes * contextLength, options.Rows, PaddingRows + (hasAddresses ? 0 : 1));
        shape = shape with { Rows = rows + PaddingRows };
        return (shape, new DeviceKvStore(session, memory, shape, hasAddresses));
    }
}
