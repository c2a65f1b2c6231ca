using InferServe.OnnxRuntime.Running;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Memory.Device;

/// <summary>Copies keys and values within a device's memory, and between it and the host, by runs of <see cref="KvCopyGraph"/>.</summary>
internal sealed class KvCopier : IDisposable
{
    private readonly KvShape _shape;
    private readonly OrtMemoryInfo _memory;
    private readonly GraphSession _gather;
    private readonly GraphSession _scatter;

    public KvCopier(SessionFactory sessions, OrtMemoryInfo memory, KvShape shape)
    {
        _shape = shape;
        _memory = memory;
        int buffers = shape.Layers * 2;
        _gather = GraphSession.Open(KvCopyGraph.Gather(buffers, shape.ElementType, shape.HeadSize), sessions);
        try
        {
            _scatter = GraphSession.Open(KvCopyGraph.Scatter(buffers, shape.ElementType, shape.HeadSize), sessions);
        }
        catch
        {
            _gather.Dispose();
            throw;
        }
    }

    /// <summary>Copies places to as many other places on the device.</summary>
    public void Copy(DeviceTensors source, KvPlaces from, DeviceTensors destination, KvPlaces to)
    {
        using var at = At(from);
        using var binding = Gathering(source, at);
        for (int buffer = 0; buffer < source.Count; buffer++)
        {
            binding.BindOutputToDevice(KvCopyGraph.Packed(buffer), _memory);
        }

        _gather.Run(binding);
        using var packed = binding.GetOutputValues();
        Scatter([.. packed], destination, to);
    }

    /// <summary>Copies places to the host, in the layout [layers × 2, places, head size].</summary>
    public void Read(DeviceTensors source, KvPlaces from, nint packed)
    {
        using var at = At(from);
        using var binding = Gathering(source, at);
        var outputs = OnHost(packed, from.Count);
        try
        {
            for (int buffer = 0; buffer < outputs.Length; buffer++)
            {
                binding.BindOutput(KvCopyGraph.Packed(buffer), outputs[buffer]);
            }

            _gather.Run(binding);
        }
        finally
        {
            DisposeAll(outputs);
        }
    }

    /// <summary>Copies what <see cref="Read"/> has read to places on the device.</summary>
    public void Write(nint packed, DeviceTensors destination, KvPlaces to)
    {
        var inputs = OnHost(packed, to.Count);
        try
        {
            Scatter(inputs, destination, to);
        }
        finally
        {
            DisposeAll(inputs);
        }
    }

    public void Dispose()
    {
        _gather.Dispose();
        _scatter.Dispose();
    }

    /// <summary>Pins what it makes until it is disposed, which must not be before the run.</summary>
    private static OrtValue At(KvPlaces places) => OrtValue.CreateTensorValueFromMemory(places.Values, [places.Count, 3]);

    private OrtIoBinding Gathering(DeviceTensors source, OrtValue at)
    {
        var binding = _gather.NewBinding();
        binding.BindInput(KvCopyGraph.At, at);
        for (int buffer = 0; buffer < source.Count; buffer++)
        {
            binding.BindInput(KvCopyGraph.Data(buffer), source[buffer]);
        }

        return binding;
    }

    private void Scatter(OrtValue[] packed, DeviceTensors destination, KvPlaces to)
    {
        using var at = At(to);
        using var binding = _scatter.NewBinding();
        binding.BindInput(KvCopyGraph.At, at);
        for (int buffer = 0; buffer < destination.Count; buffer++)
        {
            binding.BindInput(KvCopyGraph.Data(buffer), destination[buffer]);
            binding.BindInput(KvCopyGraph.Packed(buffer), packed[buffer]);
            binding.BindOutput(KvCopyGraph.Out(buffer), destination[buffer]);
        }

        _scatter.Run(binding);
    }

    private OrtValue[] OnHost(nint packed, int places)
    {
        long bytes = places * _shape.PositionBytes;
        return [.. Enumerable.Range(0, _shape.Layers * 2).Select(buffer => OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, _shape.ElementType, [places, _shape.HeadSize], packed + (nint)(buffer * bytes), bytes))];
    }

    private static void DisposeAll(OrtValue[] values)
    {
        foreach (var value in values)
        {
            value.Dispose();
        }
    }
}
