using System.Buffers;
using System.Text;

namespace InferServe.OnnxRuntime.Rewriting;

/// <summary>Writes the protobuf wire format (https://protobuf.dev/programming-guides/encoding/).</summary>
internal sealed class WireWriter
{
    private const int LengthType = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public int Length => _bytes.WrittenCount;

    public void CopyTo(Stream target) => target.Write(_bytes.WrittenSpan);

    /// <summary>Writes a number field.</summary>
    public WireWriter Number(int field, ulong value) => Varint((ulong)field << 3).Varint(value);

    /// <summary>Writes a text field.</summary>
    public WireWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes a bytes or message field.</summary>
    public WireWriter Bytes(int field, ReadOnlySpan<byte> value) => Header(field, value.Length).Raw(value);

    /// <summary>Writes a message field.</summary>
    public WireWriter Message(int field, WireWriter message) => Bytes(field, message._bytes.WrittenSpan);

    /// <summary>Writes bytes that are fields already.</summary>
    public WireWriter Raw(ReadOnlySpan<byte> fields)
    {
        _bytes.Write(fields);
        return this;
    }

    /// <summary>Writes the tag and length that come before a bytes or message field's value.</summary>
    public WireWriter Header(int field, long length) => Varint(((ulong)field << 3) | LengthType).Varint((ulong)length);

    private WireWriter Varint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int count = 0;
        while (value >= 0x80)
        {
            bytes[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[count++] = (byte)value;
        return Raw(bytes[..count]);
    }
}
