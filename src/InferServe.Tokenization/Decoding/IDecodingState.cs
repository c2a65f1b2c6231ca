namespace InferServe.Tokenization.Decoding;

/// <summary>The decoding of one sequence of tokens, token by token.</summary>
internal interface IDecodingState
{
    /// <summary>Adds the bytes of the next token and returns the text that is complete now.</summary>
    string Append(ReadOnlySpan<byte> tokenBytes);

    /// <summary>Ends the sequence and returns what is left; the next token begins a new sequence.</summary>
    string Flush();
}
