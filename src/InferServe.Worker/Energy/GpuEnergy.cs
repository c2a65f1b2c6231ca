using System.Globalization;
using System.Runtime.InteropServices;

namespace InferServe.Worker.Energy;

/// <summary>What one NVIDIA device uses, read through the driver's management library. All of the device's energy counts, whoever works there.</summary>
/// <remarks>Source: NVML API reference, docs.nvidia.com/deploy/nvml-api; the counter exists since the Volta generation.</remarks>
internal sealed class GpuEnergy : IEnergySource
{
    public const string Library = "libnvidia-ml.so.1";

    private const double JoulesPerMillijoule = 1e-3;

    private readonly nint _library;
    private readonly nint _device;
    private readonly TotalEnergy _total;
    private ulong _last;

    private GpuEnergy(nint library, string id, bool sameOrder)
    {
        _library = library;
        _total = Function<TotalEnergy>("nvmlDeviceGetTotalEnergyConsumption");
        Check(Function<Plain>("nvmlInit_v2")());
        try
        {
            _device = Find(id, sameOrder);
            _last = Read();
        }
        catch
        {
            Function<Plain>("nvmlShutdown")();
            throw;
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Plain();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int DeviceCount(out uint count);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int HandleByIndex(uint index, out nint device);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int HandleByUuid([MarshalAs(UnmanagedType.LPUTF8Str)] string uuid, out nint device);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int TotalEnergy(nint device, out ulong millijoules);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint ErrorText(int code);

    public string Name => "gpu";

    /// <param name="library">The management library's name or path.</param>
    /// <param name="id">The device's index or UUID.</param>
    /// <param name="sameOrder">Whether CUDA counts devices as the driver does, by their place on the bus, and not the fastest first.</param>
    /// <exception cref="EnergyException">The library or the device is not there, or not known for sure, or the device has no counter.</exception>
    public static GpuEnergy Open(string library, string id, bool sameOrder)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            throw new EnergyException($"the library '{library}' of the NVIDIA driver cannot be loaded");
        }

        try
        {
            return new GpuEnergy(handle, id, sameOrder);
        }
        catch
        {
            NativeLibrary.Free(handle);
            throw;
        }
    }

    /// <summary>The driver's name for a device that a program knows by its place among those visible to it.</summary>
    /// <param name="visible">The variable <c>CUDA_VISIBLE_DEVICES</c>: indices or UUIDs, separated by commas; null when not set.</param>
    /// <param name="index">The place, from 0.</param>
    public static string DeviceId(string? visible, int index)
    {
        var ids = visible?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return index < ids.Length ? ids[index] : index.ToString(CultureInfo.InvariantCulture);
    }

    public double Take()
    {
        var now = Read();

        // The counter starts again with the driver.
        var used = now >= _last ? now - _last : now;
        _last = now;
        return used * JoulesPerMillijoule;
    }

    public void Dispose()
    {
        Function<Plain>("nvmlShutdown")();
        NativeLibrary.Free(_library);
    }

    private nint Find(string id, bool sameOrder)
    {
        if (!uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            Check(Function<HandleByUuid>("nvmlDeviceGetHandleByUUID")(id, out var named));
            return named;
        }

        Check(Function<DeviceCount>("nvmlDeviceGetCount_v2")(out var count));
        if (count > 1 && !sameOrder)
        {
            throw new EnergyException($"which of {count} devices computes is not known for sure: set CUDA_DEVICE_ORDER=PCI_BUS_ID, or name devices by UUID in CUDA_VISIBLE_DEVICES");
        }

        Check(Function<HandleByIndex>("nvmlDeviceGetHandleByIndex_v2")(index, out var device));
        return device;
    }

    private ulong Read()
    {
        Check(_total(_device, out var millijoules));
        return millijoules;
    }

    private void Check(int code)
    {
        if (code != 0)
        {
            throw new EnergyException($"the NVIDIA driver answers: {Marshal.PtrToStringUTF8(Function<ErrorText>("nvmlErrorString")(code))}");
        }
    }

    private T Function<T>(string name)
        where T : Delegate => NativeLibrary.TryGetExport(_library, name, out var address)
        ? Marshal.GetDelegateForFunctionPointer<T>(address)
        : throw new EnergyException($"the library '{Library}' of the NVIDIA driver has no function '{name}'");
}
