namespace InferServe.Grammar.Masks;

/// <summary>
/// What one state of a terminal says about all tokens, whatever comes after the terminal: tokens that stay inside it, and the nodes of the
/// token trie at which it may end, where what comes after it decides about the longer tokens.
/// </summary>
/// <param name="Inside">Tokens that the terminal takes whole, those up to its very end among them.</param>
/// <param name="Borders">Trie nodes at which the terminal accepts, with its state there.</param>
internal sealed record TerminalMask(TokenSet Inside, (int Node, int State)[] Borders)
{
    public long Bytes => Inside.Bytes + (Borders.Length * 8L);
}
