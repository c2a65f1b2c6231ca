namespace InferServe.Tokenization.Decoding;

/// <summary>The decoding of one sequence of tokens, token by token.</summary>
internal interface IDecodingState
{
    /// <summary>Adds the next token, which must be in the vocabulary, and returns the text that is certain now.</summary>
    string Append(int token);

    /// <summary>Ends the sequence and returns what is left; the next token begins a new sequence.</summary>
    string Flush();
}
