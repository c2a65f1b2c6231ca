using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Graph;

/// <summary>Reads a <c>ValueInfoProto</c>: name, element type and shape of an input or output.</summary>
internal static class TensorSignatureReader
{
    private const int ValueName = 1;
    private const int ValueType = 2;
    private const int TensorType = 1;
    private const int ElementType = 1;
    private const int Shape = 2;
    private const int Dimension = 1;
    private const int MostDimensions = 16;

    public static TensorSignature Read(WireReader reader, long end)
    {
        var signature = new TensorSignature("", TensorElementType.DataTypeMax, []);
        while (reader.TryReadTag(end, out int field, out var type))
        {
            switch (field, type)
            {
                case (ValueName, WireType.Length):
                    signature = signature with { Name = reader.ReadText(end, GraphNodeReader.LongestName) };
                    break;
                case (ValueType, WireType.Length):
                    signature = ReadType(reader, reader.ReadEnd(end), signature);
                    break;
                default:
                    reader.Skip(type, end);
                    break;
            }
        }

        return signature;
    }

    private static TensorSignature ReadType(WireReader reader, long end, TensorSignature signature)
    {
        while (reader.TryReadTag(end, out int field, out var type))
        {
            if ((field, type) == (TensorType, WireType.Length))
            {
                signature = ReadTensor(reader, reader.ReadEnd(end), signature);
            }
            else
            {
                reader.Skip(type, end);
            }
        }

        return signature;
    }

    private static TensorSignature ReadTensor(WireReader reader, long end, TensorSignature signature)
    {
        while (reader.TryReadTag(end, out int field, out var type))
        {
            switch (field, type)
            {
                case (ElementType, WireType.Varint):
                    signature = signature with { Type = (TensorElementType)(int)Math.Min(reader.ReadNumber(end), int.MaxValue) };
                    break;
                case (Shape, WireType.Length):
                    signature = signature with { Dimensions = ReadShape(reader, reader.ReadEnd(end)) };
                    break;
                default:
                    reader.Skip(type, end);
                    break;
            }
        }

        return signature;
    }

    private static List<int> ReadShape(WireReader reader, long end)
    {
        List<int> shape = [];
        while (reader.TryReadTag(end, out int field, out var type))
        {
            if ((field, type) != (Dimension, WireType.Length))
            {
                reader.Skip(type, end);
                continue;
            }

            if (shape.Count == MostDimensions)
            {
                throw new InvalidDataException($"a tensor has more than {MostDimensions} dimensions");
            }

            // A dimension is a number, or a name for one that is known later only.
            long dimensionEnd = reader.ReadEnd(end);
            bool isFixed = reader.TryFind(1, WireType.Varint, dimensionEnd);
            shape.Add(isFixed ? (int)Math.Min(reader.ReadNumber(dimensionEnd), int.MaxValue) : -1);
            reader.SkipTo(dimensionEnd);
        }

        return shape;
    }
}
