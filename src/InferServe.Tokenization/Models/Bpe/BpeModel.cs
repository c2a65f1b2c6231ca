using System.Buffers;

namespace InferServe.Tokenization.Models.Bpe;

/// <summary>
/// Byte-pair encoding: a piece is spelled in the tokens of its bytes or characters, then the merges are applied in the order of their
/// ranks (Sennrich et al., https://www.aclweb.org/anthology/P16-1162/).
/// </summary>
/// <remarks>
/// Microsoft.ML.Tokenizers is not used for this: it reads no <c>tokenizer.json</c>, its byte-level BPE takes neither merges as given
/// with <c>ignore_merges</c> nor the pre-tokenizers and added-token rules around it, and its regular expressions see characters
/// above U+FFFF as surrogates, so its ids differ from the reference's.
/// </remarks>
internal sealed class BpeModel : ITokenModel
{
    private readonly IBpeAlphabet _alphabet;
    private readonly MergeTable _merges;
    private readonly bool _ignoreMerges;
    private readonly char? _wordStart;
    private readonly PieceCache _cache = new();
    private readonly Action<ReadOnlySpan<char>, List<int>> _encodeUncached;

    /// <param name="alphabet">How text is spelled.</param>
    /// <param name="merges">The merges.</param>
    /// <param name="ignoreMerges">Whether a piece that is a token as a whole becomes that token whatever the merges say.</param>
    /// <param name="wordStart">A character that no merge joins to another one before it, so that pieces may be cut there; null for none.</param>
    public BpeModel(IBpeAlphabet alphabet, MergeTable merges, bool ignoreMerges, char? wordStart = null)
    {
        (_alphabet, _merges, _ignoreMerges, _wordStart) = (alphabet, merges, ignoreMerges, wordStart);
        _encodeUncached = EncodeUncached;
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        // Without a pre-tokenizer a piece is a whole text; its words are short and come again.
        for (int end = WordEnd(piece); end < piece.Length; end = WordEnd(piece))
        {
            _cache.Encode(piece[..end], ids, _encodeUncached);
            piece = piece[end..];
        }

        _cache.Encode(piece, ids, _encodeUncached);
    }

    private int WordEnd(ReadOnlySpan<char> piece)
    {
        if (_wordStart is not { } start)
        {
            return piece.Length;
        }

        int inside = piece.IndexOfAnyExcept(start);
        int next = inside < 0 ? -1 : piece[inside..].IndexOf(start);
        return next < 0 ? piece.Length : inside + next;
    }

    private void EncodeUncached(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (_ignoreMerges && _alphabet.TokenOf(piece) is { } whole)
        {
            ids.Add(whole);
            return;
        }

        int[] tokens = ArrayPool<int>.Shared.Rent(_alphabet.MostTokens(piece.Length));
        Span<int> pending = tokens.AsSpan(0, _alphabet.Spell(piece, tokens));
        int count = pending.Length <= ShortMerger.MostTokens
            ? ShortMerger.Merge(pending, _merges)
            : LongMerger.Merge(pending, _merges, out _);
        ids.AddRange(pending[..count]);
        ArrayPool<int>.Shared.Return(tokens);
    }
}
