using System.Text;

namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>The decoder <c>Strip</c>: takes a character from the ends of each token, as often as it is told at most.</summary>
/// <param name="content">The character.</param>
/// <param name="start">How often at the start.</param>
/// <param name="stop">How often at the end.</param>
internal sealed class StripPart(Rune content, int start, int stop) : IDecoderPart
{
    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => new StripStep(next, content.ToString(), start, stop);

    /// <summary>The step of a sequence that continues a text whose tokens are one, so that its start has been.</summary>
    public DecodingStep StartWithin(DecodingStep next) => new StripStep(next, content.ToString(), start, stop, isWithin: true);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused)
    {
        if (!isFused)
        {
            var collector = new TextCollector();
            DecodingStep step = Start(collector, continuesText: true);
            step.Write(token);
            step.EndToken();
            token = collector.Take();
        }

        return DecodedToken.Of(token);
    }
}
