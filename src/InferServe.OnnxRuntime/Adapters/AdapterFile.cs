using InferServe.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Adapters;

/// <summary>
/// Reads <c>.onnx_adapter</c> files. Their schema is ONNX Runtime's
/// (https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/lora/adapter_format/adapter_schema.fbs). They are read here, because the runtime
/// ignores its own active adapters in runs over bound memory.
/// </summary>
internal static class AdapterFile
{
    private const string Identifier = "TORT";
    private const int FormatVersion = 1;
    private const int MostParameters = 100_000;
    private const int LongestName = 4096;
    private const int MostDimensions = 8;

    // Fields of the two tables, in the schema's order.
    private const int Version = 0;
    private const int Parameters = 3;
    private const int Name = 0;
    private const int Shape = 1;
    private const int DataType = 2;
    private const int Data = 3;

    /// <exception cref="InvalidDataException">The bytes are not an adapter, or one of absurd size.</exception>
    public static IReadOnlyList<AdapterParameter> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FlatBufferReader(bytes);
        int root = reader.Root(Identifier);
        int version = reader.Field(root, Version) is { } versionPlace ? reader.Int32(versionPlace) : 0;
        if (version != FormatVersion)
        {
            throw new InvalidDataException($"its format version must be {FormatVersion}, it is {version}");
        }

        if (reader.Field(root, Parameters) is not { } parameters)
        {
            throw new InvalidDataException("it holds no parameters");
        }

        var (start, count) = reader.Vector(parameters, sizeof(uint));
        if (count > MostParameters)
        {
            throw new InvalidDataException($"it must have at most {MostParameters} parameters, it has {count}");
        }

        var read = new List<AdapterParameter>(count);
        for (int i = 0; i < count; i++)
        {
            read.Add(ReadParameter(reader, reader.Follow(start + (i * sizeof(uint)))));
        }

        return read;
    }

    private static AdapterParameter ReadParameter(FlatBufferReader reader, int table)
    {
        string name = reader.Field(table, Name) is { } namePlace ? reader.Text(namePlace, LongestName) : "";
        var type = (TensorElementType)(reader.Field(table, DataType) is { } typePlace ? reader.Int32(typePlace) : 0);
        if (!FloatTypes.Includes(type))
        {
            throw new InvalidDataException($"the parameter '{name}' must be of type Float, Float16 or BFloat16, it is {type}");
        }

        long[] shape = reader.Field(table, Shape) is { } shapePlace ? ReadShape(reader, shapePlace, name) : [];
        var (offset, length) = reader.Field(table, Data) is { } data ? reader.Vector(data, 1) : (0, 0);
        if (BytesOf(shape, type) is var bytes && bytes != (UInt128)length)
        {
            throw new InvalidDataException($"the parameter '{name}' of shape [{string.Join(", ", shape)}] must have {bytes} bytes, it has {length}");
        }

        return offset % FloatTypes.SizeOf(type) == 0
            ? new AdapterParameter(name, type, shape, offset, length)
            : throw new InvalidDataException($"byte {offset}: the values of the parameter '{name}' are not aligned");
    }

    private static long[] ReadShape(FlatBufferReader reader, int place, string name)
    {
        var (start, count) = reader.Vector(place, sizeof(long));
        if (count > MostDimensions)
        {
            throw new InvalidDataException($"the parameter '{name}' must have at most {MostDimensions} dimensions, it has {count}");
        }

        long[] shape = new long[count];
        for (int i = 0; i < count; i++)
        {
            shape[i] = reader.Int64(start + (i * sizeof(long)));
            if (shape[i] is < 1 or > int.MaxValue)
            {
                throw new InvalidDataException($"the dimensions of the parameter '{name}' must be between 1 and {int.MaxValue}, one is {shape[i]}");
            }
        }

        return shape;
    }

    private static UInt128 BytesOf(long[] shape, TensorElementType type)
    {
        // Saturates far beyond any file.
        UInt128 bytes = (UInt128)FloatTypes.SizeOf(type);
        foreach (long length in shape)
        {
            bytes = UInt128.Min(bytes * (UInt128)length, UInt128.One << 90);
        }

        return bytes;
    }
}
