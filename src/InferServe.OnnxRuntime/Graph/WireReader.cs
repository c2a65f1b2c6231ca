using System.Buffers.Binary;
using System.Text;

namespace InferServe.OnnxRuntime.Graph;

/// <summary>
/// Walks the protobuf wire format (https://protobuf.dev/programming-guides/encoding/) of a seekable stream. Every length is
/// checked against the end of the message that holds it, and values that are not wanted are skipped by seeking, so neither
/// time nor memory depends on what the lengths claim.
/// </summary>
internal sealed class WireReader(Stream stream)
{
    public const int LongestVarint = 10;

    /// <summary>End of the stream, which is the end of the outermost message.</summary>
    public long End { get; } = stream.Length;

    /// <summary>The next byte to read.</summary>
    public long Position => stream.Position;

    /// <summary>Reads the next field's number and type, or returns false at the message's end.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a protobuf message.</exception>
    public bool TryReadTag(long end, out int field, out WireType type)
    {
        field = 0;
        type = default;
        if (stream.Position >= end)
        {
            return false;
        }

        ulong tag = ReadVarint(end);
        ulong number = tag >> 3;
        type = (WireType)(tag & 7);
        if (number is 0 or > int.MaxValue)
        {
            throw Malformed($"field number {number}");
        }

        // Groups (3, 4) are of an older format that ONNX does not use.
        if (type is not (WireType.Varint or WireType.Fixed64 or WireType.Length or WireType.Fixed32))
        {
            throw Malformed($"wire type {(int)type}");
        }

        field = (int)number;
        return true;
    }

    /// <summary>Reads the length of a text or message and returns the position where it ends.</summary>
    public long ReadEnd(long end)
    {
        ulong length = ReadVarint(end);
        return length <= (ulong)(end - stream.Position)
            ? stream.Position + (long)length
            : throw Malformed($"a length of {length} where {end - stream.Position} bytes are left");
    }

    /// <summary>Reads a text of at most <paramref name="most"/> bytes.</summary>
    public string ReadText(long end, int most)
    {
        long length = ReadEnd(end) - stream.Position;
        if (length > most)
        {
            throw Malformed($"a name of {length} bytes (at most {most} are allowed)");
        }

        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Goes to the value of the first field of this number and type; false where the message has none.</summary>
    public bool TryFind(int wanted, WireType wantedType, long end)
    {
        while (TryReadTag(end, out int field, out var type))
        {
            if (field == wanted && type == wantedType)
            {
                return true;
            }

            Skip(type, end);
        }

        return false;
    }

    /// <summary>Goes to the end of a message that lies within the one that is read.</summary>
    public void SkipTo(long end) => stream.Position = end;

    /// <summary>Reads a number.</summary>
    public ulong ReadNumber(long end) => ReadVarint(end);

    /// <summary>Reads eight bytes, the lowest first.</summary>
    public long ReadInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    /// <summary>Skips a field's value.</summary>
    public void Skip(WireType type, long end)
    {
        if (type == WireType.Varint)
        {
            ReadVarint(end);
            return;
        }

        long target = type switch
        {
            WireType.Length => ReadEnd(end),
            WireType.Fixed64 => stream.Position + 8,
            _ => stream.Position + 4,
        };
        stream.Position = target <= end ? target : throw Malformed("a value beyond the end of its message");
    }

    private ulong ReadVarint(long end)
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint && stream.Position < end; i++)
        {
            int next = stream.ReadByte();
            if (next < 0)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Malformed("a number without an end");
    }

    private InvalidDataException Malformed(string what) => new($"byte {stream.Position}: {what}");
}
