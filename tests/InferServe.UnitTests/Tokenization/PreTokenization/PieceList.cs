using InferServe.Tokenization.PreTokenization;

namespace InferServe.UnitTests.Tokenization.PreTokenization;

/// <summary>Collects the pieces of a pre-tokenizer.</summary>
internal sealed class PieceList : IPieceSink
{
    private readonly List<string> _pieces = [];

    /// <summary>The pieces of a text with bars between them.</summary>
    public static string Of(string text, IPreTokenizer preTokenizer, int atStart = 1)
    {
        var list = new PieceList();
        preTokenizer.Split(new TextPiece(text, atStart), list);
        return string.Join('|', list._pieces);
    }

    public void Add(TextPiece piece) => _pieces.Add(piece.Text.ToString());
}
