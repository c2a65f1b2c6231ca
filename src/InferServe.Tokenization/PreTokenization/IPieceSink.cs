namespace InferServe.Tokenization.PreTokenization;

/// <summary>Takes the pieces of a text in their order.</summary>
internal interface IPieceSink
{
    /// <summary>Takes the next piece.</summary>
    /// <param name="piece">The piece, not empty; valid during the call.</param>
    void Add(TextPiece piece);
}
