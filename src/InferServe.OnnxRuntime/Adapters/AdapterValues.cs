using InferServe.OnnxRuntime.Running;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Adapters;

/// <summary>
/// The adapters of a model where its graph computes. A value that is bound from elsewhere is copied for every binding, of which there are many, and as
/// large as the adapter each; so what goes to a device goes there once.
/// </summary>
internal sealed class AdapterValues : IDisposable
{
    private readonly Dictionary<string, List<(string Input, OrtValue Value)>> _values = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _owned = [];
    private readonly DeviceUpload? _upload;

    private AdapterValues(DeviceUpload? upload) => _upload = upload;

    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>Takes the adapters where they are: in the memory of the host.</summary>
    public static AdapterValues OnHost(AdapterSet adapters) => Place(adapters, upload: null);

    /// <summary>Copies the adapters to a device.</summary>
    /// <param name="adapters">The adapters in the memory of the host.</param>
    /// <param name="sessions">Makes sessions on the device.</param>
    /// <param name="memory">The device's memory.</param>
    /// <exception cref="OnnxRuntimeException">The provider cannot copy.</exception>
    /// <exception cref="Engine.Model.ModelRunException">The device has no room.</exception>
    public static AdapterValues OnDevice(AdapterSet adapters, SessionFactory sessions, OrtMemoryInfo memory) =>
        Place(adapters, new DeviceUpload(sessions, memory));

    /// <summary>Binds the changes of an adapter; what it does not hold keeps the graph's default.</summary>
    /// <exception cref="ArgumentException">There is no adapter of this name.</exception>
    public void Bind(string name, OrtIoBinding binding)
    {
        if (!_values.TryGetValue(name, out var values))
        {
            throw new ArgumentException($"The model has no adapter '{name}'.", nameof(name));
        }

        foreach (var (input, value) in values)
        {
            binding.BindInput(input, value);
        }
    }

    public void Dispose()
    {
        _owned.ForEach(owned => owned.Dispose());
        _upload?.Dispose();
    }

    private static AdapterValues Place(AdapterSet adapters, DeviceUpload? upload)
    {
        var placed = new AdapterValues(upload);
        try
        {
            foreach (var (name, adapter) in adapters.All)
            {
                placed._values.Add(name, [.. adapter.Parameters.Select(parameter => (parameter.Name, placed.Place(adapter.Value(parameter))))]);
            }

            return placed;
        }
        catch
        {
            placed.Dispose();
            throw;
        }
    }

    private OrtValue Place(OrtValue value)
    {
        if (_upload is null)
        {
            _owned.Add(value);
            return value;
        }

        using (value)
        {
            var copied = _upload.Copy(value);
            _owned.Add(copied);
            return copied[0];
        }
    }
}
