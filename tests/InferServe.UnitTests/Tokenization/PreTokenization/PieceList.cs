using InferServe.Tokenization.PreTokenization;

namespace InferServe.UnitTests.Tokenization.PreTokenization;

/// <summary>Collects the pieces of a pre-tokenizer.</summary>
internal sealed class PieceList : IPieceSink
{
    private readonly List<string> _pieces = [];

    /// <summary>The pieces of a text with bars between them.</summary>
    public static string Of(string text, IPreTokenizer preTokenizer)
    {
        var list = new PieceList();
        preTokenizer.Split(text, list);
        return string.Join('|', list._pieces);
    }

    public void Add(ReadOnlySpan<char> piece) => _pieces.Add(piece.ToString());
}
