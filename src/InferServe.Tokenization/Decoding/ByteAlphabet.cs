using System.Text;

namespace InferServe.Tokenization.Decoding;

/// <summary>
/// The alphabet in which byte-level tokens are written: a printable character for each byte. The 188 bytes that are printable in
/// Latin-1 stand for themselves; the others, in ascending order, are U+0100, U+0101, … (GPT-2's <c>bytes_to_unicode</c>).
/// </summary>
internal static class ByteAlphabet
{
    private const int FirstShifted = 0x100;
    private static readonly char[] Characters = CreateCharacters();
    private static readonly short[] Bytes = CreateBytes();

    /// <summary>The character of a byte.</summary>
    public static char CharacterOf(byte value) => Characters[value];

    /// <summary>The byte of a character; false when the character is not in the alphabet.</summary>
    public static bool TryGetByte(char character, out byte value)
    {
        short found = character < Bytes.Length ? Bytes[character] : (short)-1;
        value = (byte)found;
        return found >= 0;
    }

    /// <summary>
    /// The bytes of a token. One with a character outside the alphabet, such as an added token with a space, stands for its own UTF-8
    /// bytes, as in the reference.
    /// </summary>
    public static byte[] BytesOf(string token)
    {
        byte[] bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            if (!TryGetByte(token[i], out bytes[i]))
            {
                return Encoding.UTF8.GetBytes(token);
            }
        }

        return bytes;
    }

    private static bool IsPrintable(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);

    private static char[] CreateCharacters()
    {
        char[] characters = new char[256];
        int next = FirstShifted;
        for (int value = 0; value < characters.Length; value++)
        {
            characters[value] = (char)(IsPrintable(value) ? value : next++);
        }

        return characters;
    }

    private static short[] CreateBytes()
    {
        short[] bytes = new short[Characters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < Characters.Length; value++)
        {
            bytes[Characters[value]] = (short)value;
        }

        return bytes;
    }
}
