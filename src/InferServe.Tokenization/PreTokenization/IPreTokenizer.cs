namespace InferServe.Tokenization.PreTokenization;

/// <summary>The second step of encoding: cuts the normalized text into pieces, over whose borders no token reaches. Thread-safe.</summary>
internal interface IPreTokenizer
{
    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="sink">Takes the pieces.</param>
    void Split(TextPiece text, IPieceSink sink);
}
