using System.Globalization;

namespace InferServe.OnnxRuntime.Graph;

/// <summary>Reads a <c>TensorProto</c> without its values.</summary>
internal static class WeightTensorReader
{
    private const int DataType = 2;
    private const int FirstData = 4;
    private const int Int64Data = 7;
    private const ulong Int64 = 7;
    private const int LastData = Int64Data;
    private const int Name = 8;
    private const int RawData = 9;
    private const int DoubleData = 10;
    private const int UInt64Data = 11;
    private const int External = 13;
    private const int LongestText = 4096;

    public static WeightTensor Read(WireReader reader, long end)
    {
        string name = "";
        long bytes = 0;
        ulong dataType = 0;
        long? integer = null;
        ExternalData? external = null;
        while (reader.TryReadTag(end, out int field, out var type))
        {
            switch (field, type)
            {
                case (Name, WireType.Length):
                    name = reader.ReadText(end, LongestText);
                    break;
                case (DataType, WireType.Varint):
                    dataType = reader.ReadNumber(end);
                    break;
                case (Int64Data, WireType.Varint):
                    integer = (long)reader.ReadNumber(end);
                    bytes += sizeof(long);
                    break;
                case ((>= FirstData and <= LastData) or RawData or DoubleData or UInt64Data, WireType.Length):
                    long dataEnd = reader.ReadEnd(end);
                    long length = dataEnd - reader.Position;
                    bytes += length;
                    integer = (field, length) == (RawData, sizeof(long)) ? reader.ReadInt64()
                        : field == Int64Data && length is > 0 and <= sizeof(long) ? (long)reader.ReadNumber(dataEnd)
                        : null;
                    reader.SkipTo(dataEnd);
                    break;
                case (External, WireType.Length):
                    external = ReadEntry(reader, reader.ReadEnd(end), external ?? new ExternalData("", 0, null));
                    break;
                default:
                    reader.Skip(type, end);
                    break;
            }
        }

        return new WeightTensor(name, external?.Length ?? bytes, external) { Integer = dataType == Int64 && external is null && bytes <= sizeof(long) ? integer : null };
    }

    /// <summary>Reads one key and its value into what is known already.</summary>
    private static ExternalData ReadEntry(WireReader reader, long end, ExternalData known)
    {
        string key = "";
        string value = "";
        while (reader.TryReadTag(end, out int field, out var type))
        {
            switch (field, type)
            {
                case (1, WireType.Length):
                    key = reader.ReadText(end, LongestText);
                    break;
                case (2, WireType.Length):
                    value = reader.ReadText(end, LongestText);
                    break;
                default:
                    reader.Skip(type, end);
                    break;
            }
        }

        return key switch
        {
            "location" => known with { Location = value },
            "offset" => known with { Offset = ReadNumber(key, value) },
            "length" => known with { Length = ReadNumber(key, value) },
            _ => known,
        };
    }

    private static long ReadNumber(string key, string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new InvalidDataException($"the {key} of external data must be a whole number, got '{value}'");
}
