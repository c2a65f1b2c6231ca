using System.Text;
using InferServe.Tokenization.Decoding.Steps;

namespace InferServe.Tokenization.Decoding;

/// <summary>A decoder of several parts: each takes what the one before gives.</summary>
internal sealed class ChainDecoder(IReadOnlyList<IDecoderPart> parts) : ITokenDecoder
{
    /// <inheritdoc/>
    public byte[] BytesOf(string token)
    {
        bool isFused = false;
        foreach (IDecoderPart part in parts)
        {
            DecodedToken decoded = part.InMiddle(token, isFused);
            if (decoded.Bytes is { } bytes)
            {
                return bytes;
            }

            token = decoded.Text!;
            isFused |= part.Fuses;
        }

        return Encoding.UTF8.GetBytes(token);
    }

    /// <inheritdoc/>
    public IDecodingState Start(Vocabulary vocabulary, bool continuesText) => new State(this, vocabulary, continuesText);

    private DecodingStep FirstStep(TextCollector collector, bool continuesText)
    {
        DecodingStep step = collector;
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            // A fused token that was begun before the sequence has had its start.
            bool isWithin = continuesText && parts.Take(i).Any(static part => part.Fuses);
            step = isWithin && parts[i] is StripPart strip ? strip.StartWithin(step) : parts[i].Start(step, continuesText);
        }

        return step;
    }

    private sealed class State(ChainDecoder decoder, Vocabulary vocabulary, bool continuesText) : IDecodingState
    {
        private readonly TextCollector _collector = new();
        private DecodingStep? _first;

        public string Append(int token)
        {
            _first ??= decoder.FirstStep(_collector, continuesText);
            _first.Write(vocabulary.DecodedForm(token)!);
            _first.EndToken();
            return _collector.Take();
        }

        public string Flush()
        {
            _first?.Finish();
            _first = null;
            continuesText = false;
            return _collector.Take();
        }
    }
}
