using System.Text;

namespace InferServe.UnitTests.OnnxRuntime.Graph;

/// <summary>Writes protobuf fields by hand.</summary>
internal static class OnnxBytes
{
    public static byte[] Model(params byte[][] graphParts) => [.. Varint(1, 8), .. Field(7, [.. graphParts.SelectMany(part => part)])];

    public static byte[] Node(string name, string opType)
    {
        // input, output, name, operator, attribute, domain
        return Field(1, [.. Text(1, "x"), .. Text(2, "y"), .. Text(3, name), .. Text(4, opType), .. Field(5, Text(1, "axis")), .. Text(7, "d")]);
    }

    public static byte[] Initializer(int bytes) => Field(5, Field(9, new byte[bytes]));

    public static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Field(int field, byte[] value) => [.. Number((uint)field << 3 | 2), .. Number((ulong)value.Length), .. value];

    public static byte[] Varint(int field, ulong value) => [.. Number((uint)field << 3), .. Number(value)];

    public static byte[] Number(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
