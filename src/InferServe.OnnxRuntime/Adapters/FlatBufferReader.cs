using System.Buffers.Binary;
using System.Text;

namespace InferServe.OnnxRuntime.Adapters;

/// <summary>
/// Reads a FlatBuffer (https://flatbuffers.dev/internals/). Every offset is checked against the buffer's end before anything is read there, so a
/// damaged file is refused whatever its offsets claim.
/// </summary>
internal readonly ref struct FlatBufferReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The table that the buffer begins with.</summary>
    /// <exception cref="InvalidDataException">The buffer has another identifier, as all that follow: the bytes are not a FlatBuffer.</exception>
    public int Root(string identifier)
    {
        Check(0, 8);
        return Encoding.ASCII.GetString(_bytes.Slice(4, 4)) == identifier
            ? Follow(0)
            : throw new InvalidDataException($"it does not have the identifier '{identifier}'");
    }

    /// <summary>Place of a table's field; null where the table leaves it out.</summary>
    public int? Field(int table, int index)
    {
        long vtable = (long)table - Int32(table);
        int size = UInt16(vtable);
        if (4 + (2 * (index + 1)) > size)
        {
            return null;
        }

        int offset = UInt16(vtable + 4 + (2 * index));
        return offset == 0 ? null : Check((long)table + offset, 1);
    }

    /// <summary>The place that a reference leads to.</summary>
    public int Follow(int place)
    {
        Check(place, 4);
        return Check(place + (long)BinaryPrimitives.ReadUInt32LittleEndian(_bytes[place..]), 4);
    }

    /// <summary>First byte and number of elements of the vector that a reference leads to.</summary>
    public (int Start, int Count) Vector(int place, int elementSize)
    {
        int vector = Follow(place);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[vector..]);
        Check(vector + 4L, count * (long)elementSize);
        return (vector + 4, (int)count);
    }

    public string Text(int place, int longest)
    {
        var (start, length) = Vector(place, 1);
        return length <= longest
            ? Encoding.UTF8.GetString(_bytes.Slice(start, length))
            : throw new InvalidDataException($"byte {start}: a text of {length} bytes (at most {longest} are allowed)");
    }

    public int Int32(int place)
    {
        Check(place, 4);
        return BinaryPrimitives.ReadInt32LittleEndian(_bytes[place..]);
    }

    public long Int64(int place)
    {
        Check(place, 8);
        return BinaryPrimitives.ReadInt64LittleEndian(_bytes[place..]);
    }

    private int UInt16(long place) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[Check(place, 2)..]);

    private int Check(long place, long length) => place >= 0 && length <= _bytes.Length - place
        ? (int)place
        : throw new InvalidDataException($"byte {place}: {length} bytes beyond the end at {_bytes.Length}");
}
