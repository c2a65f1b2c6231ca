using System.Globalization;

namespace InferServe.Tokenization.Models;

/// <summary>The tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>, which stand for single bytes of characters that have no token.</summary>
internal sealed class ByteFallback
{
    private const int NoToken = -1;
    private readonly int[] _tokens = new int[256];

    /// <param name="vocabulary">The model's tokens.</param>
    public ByteFallback(IReadOnlyDictionary<string, int> vocabulary)
    {
        for (int value = 0; value < _tokens.Length; value++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");
            _tokens[value] = vocabulary.TryGetValue(name, out int token) ? token : NoToken;
        }

        IsComplete = !_tokens.Contains(NoToken);
    }

    /// <summary>Whether every byte has a token.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether all of the given bytes have tokens.</summary>
    public bool Covers(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (_tokens[value] == NoToken)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The token of a byte that has one.</summary>
    public int TokenOf(byte value) => _tokens[value];
}
