namespace InferServe.Tokenization.Models.Bpe;

/// <summary>
/// Writes the tokens that merging begins with. A token for unknown text waits until a known character comes, as in the reference: tokens
/// of bytes are written before one that waits.
/// </summary>
internal ref struct TokenWriter(Span<int> tokens, UnknownText unknown)
{
    private readonly Span<int> _tokens = tokens;
    private bool _isWaiting;

    public int Count { get; private set; }

    public void Known(int token)
    {
        Finish();
        _tokens[Count++] = token;
    }

    public void Byte(int token) => _tokens[Count++] = token;

    public void Unknown()
    {
        if (unknown.TokenId is null)
        {
            return;
        }

        if (_isWaiting && !unknown.Fuse)
        {
            _tokens[Count++] = unknown.TokenId.Value;
        }

        _isWaiting = true;
    }

    public void Finish()
    {
        if (_isWaiting)
        {
            _tokens[Count++] = unknown.TokenId!.Value;
            _isWaiting = false;
        }
    }
}
