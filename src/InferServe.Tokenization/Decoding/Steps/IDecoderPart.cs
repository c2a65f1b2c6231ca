namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>One part of a decoder as <c>tokenizer.json</c> describes it. Immutable.</summary>
internal interface IDecoderPart
{
    /// <summary>Whether what comes out is one token, however many come in.</summary>
    bool Fuses => false;

    /// <summary>Begins a sequence.</summary>
    /// <param name="next">Takes what comes out.</param>
    /// <param name="continuesText">Whether other tokens come before the sequence.</param>
    DecodingStep Start(DecodingStep next, bool continuesText);

    /// <summary>What a token becomes when it stands between other tokens.</summary>
    /// <param name="token">The token.</param>
    /// <param name="isFused">Whether a part before this one makes one token of all, so that this one is within it.</param>
    DecodedToken InMiddle(string token, bool isFused);
}
