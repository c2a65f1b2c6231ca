using InferServe.OnnxRuntime.Graph;
using InferServe.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Adapters;

/// <summary>The low-rank changes of an adapter file in the memory of the host.</summary>
internal sealed class LoraAdapter : IDisposable
{
    private readonly HostMemory _memory;

    private LoraAdapter(HostMemory memory, IReadOnlyList<AdapterParameter> parameters)
    {
        _memory = memory;
        Parameters = parameters;
    }

    public IReadOnlyList<AdapterParameter> Parameters { get; }

    /// <summary>Reads a file and checks it against the graph.</summary>
    /// <param name="definition">Name and file.</param>
    /// <param name="defaults">The graph's inputs that have defaults.</param>
    /// <exception cref="ModelLoadException">The file cannot be read or does not fit; every reason is given.</exception>
    public static unsafe LoraAdapter Load(AdapterDefinition definition, IReadOnlyList<TensorSignature> defaults)
    {
        HostMemory? memory = null;
        try
        {
            using var file = File.OpenHandle(definition.Path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
            long length = RandomAccess.GetLength(file);
            if (length is 0 or > int.MaxValue)
            {
                throw new ModelLoadException(
                    definition.Path, [$"the file of the adapter '{definition.Name}' must have between 1 and {int.MaxValue} bytes, it has {length}"]);
            }

            memory = HostMemory.Reserve(length);
            var bytes = new Span<byte>((void*)memory.Pointer, (int)length);
            int read = 0;
            for (int got = -1; got != 0 && read < length; read += got)
            {
                got = RandomAccess.Read(file, bytes[read..], read);
            }

            var parameters = AdapterFile.Read(bytes[..read]);
            var problems = AdapterCheck.Problems(definition.Name, parameters, defaults);
            return problems.Count == 0 ? new LoraAdapter(memory, parameters) : throw new ModelLoadException(definition.Path, problems);
        }
        catch (Exception exception)
        {
            memory?.Dispose();
            throw exception switch
            {
                InvalidDataException => new ModelLoadException(
                    definition.Path, [$"the file of the adapter '{definition.Name}' is damaged: {exception.Message}"], exception),
                IOException or UnauthorizedAccessException => new ModelLoadException(
                    definition.Path, [$"the file of the adapter '{definition.Name}' cannot be read: {exception.Message}"], exception),
                _ => exception,
            };
        }
    }

    /// <summary>The tensor of a parameter; it must not outlive the adapter.</summary>
    public OrtValue Value(AdapterParameter parameter) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, parameter.Type, [.. parameter.Shape], _memory.Pointer + parameter.Offset, parameter.Length);

    public void Dispose() => _memory.Dispose();
}
