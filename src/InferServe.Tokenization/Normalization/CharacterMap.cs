using System.Buffers.Binary;

namespace InferServe.Tokenization.Normalization;

/// <summary>
/// SentencePiece's compiled rules of normalization: a trie over UTF-8 bytes as a double array (Darts-clone's format), whose values are
/// places in a list of zero-terminated replacements.
/// </summary>
internal sealed class CharacterMap
{
    private const uint ValueMask = 0x7FFF_FFFF;
    private const uint LabelMask = 0x8000_00FF;

    private readonly uint[] _units;
    private readonly byte[] _replacements;

    private CharacterMap(uint[] units, byte[] replacements)
    {
        _units = units;
        _replacements = replacements;
    }

    /// <summary>Reads the map: the trie's size in bytes (four bytes, the lowest first), the trie, the replacements.</summary>
    /// <returns>The map; null when the content is shorter than it says.</returns>
    public static CharacterMap? Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < sizeof(uint))
        {
            return null;
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(content) / sizeof(uint);
        content = content[sizeof(uint)..];
        if (count == 0 || count > content.Length / sizeof(uint))
        {
            return null;
        }

        uint[] units = new uint[count];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(content[(i * sizeof(uint))..]);
        }

        return new CharacterMap(units, content[(units.Length * sizeof(uint))..].ToArray());
    }

    /// <summary>
    /// The replacement of the shortest key that a text begins with, in UTF-8; null when there is none. The shortest, and not the longest
    /// as in SentencePiece, is what the reference library takes.
    /// </summary>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> text, out bool isFound)
    {
        uint node = Offset(_units[0]);
        isFound = false;
        foreach (byte value in text)
        {
            node ^= value;
            if (value == 0 || node >= _units.Length || (_units[node] & LabelMask) != value)
            {
                break;
            }

            uint unit = _units[node];
            node ^= Offset(unit);
            if (HasLeaf(unit))
            {
                uint place = node < _units.Length ? _units[node] & ValueMask : uint.MaxValue;
                isFound = place <= _replacements.Length;
                return isFound ? ReplacementAt((int)place) : default;
            }
        }

        return default;
    }

    private static bool HasLeaf(uint unit) => (unit >> 8 & 1) == 1;

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 0x200) >> 6);

    private ReadOnlySpan<byte> ReplacementAt(int place)
    {
        ReadOnlySpan<byte> rest = _replacements.AsSpan(place);
        int end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }
}
