namespace InferServe.Tokenization.Decoding;

/// <summary>The decoder of a tokenizer: how the tokens of a sequence become text. Thread-safe.</summary>
internal interface ITokenDecoder
{
    /// <summary>The bytes that a token stands for.</summary>
    /// <param name="token">The token as <c>tokenizer.json</c> writes it.</param>
    byte[] BytesOf(string token);

    /// <summary>Begins a sequence.</summary>
    IDecodingState Start();
}
