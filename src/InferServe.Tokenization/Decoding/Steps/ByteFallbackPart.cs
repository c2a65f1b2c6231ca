using System.Globalization;
using System.Text;

namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>
/// The decoder <c>ByteFallback</c>: tokens such as <c>&lt;0x0A&gt;</c> stand for bytes. Adjacent ones become the text that they are in
/// UTF-8, or, when they are no valid UTF-8 together, U+FFFD each.
/// </summary>
internal sealed class ByteFallbackPart : IDecoderPart
{
    private const int Length = 6;

    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => new Step(next);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused) => TryParse(token, out byte value) ? DecodedToken.Of([value]) : DecodedToken.Of(token);

    private static bool TryParse(string token, out byte value)
    {
        value = 0;
        return token.Length == Length && token.StartsWith("<0x", StringComparison.Ordinal) && token[^1] == '>'
            && TryParseDigits(token.AsSpan(3, 2), out value);
    }

    /// <summary>Reads two hexadecimal digits, or a plus and one, which the reference takes too.</summary>
    private static bool TryParseDigits(ReadOnlySpan<char> digits, out byte value) =>
        byte.TryParse(digits[0] == '+' ? digits[1..] : digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    /// <summary>Whether the bytes are text is certain when the next token is none of them.</summary>
    private sealed class Step(DecodingStep next) : WholeTokenStep(next)
    {
        private readonly List<byte> _bytes = [];

        public override void Finish()
        {
            PassBytes();
            base.Finish();
        }

        protected override void Take(string token)
        {
            if (TryParse(token, out byte value))
            {
                _bytes.Add(value);
                return;
            }

            PassBytes();
            Pass(token);
        }

        private void PassBytes()
        {
            if (_bytes.Count == 0)
            {
                return;
            }

            byte[] bytes = [.. _bytes];
            _bytes.Clear();
            if (System.Text.Unicode.Utf8.IsValid(bytes))
            {
                Pass(Encoding.UTF8.GetString(bytes));
                return;
            }

            foreach (byte _ in bytes)
            {
                Pass("\uFFFD");
            }
        }
    }
}
