using InferServe.Tokenization.AddedTokens;
using InferServe.Tokenization.Decoding;
using InferServe.Tokenization.Models;

namespace InferServe.Tokenization;

/// <summary>The tokens of the model and the added tokens, by id and by name. Immutable.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly string?[] _tokens;
    private readonly string?[] _decodedForms;
    private readonly bool[] _special;
    private readonly bool[] _skipped;
    private readonly byte[] _bytes;
    private readonly int[] _offsets;

    /// <param name="modelTokens">The model's tokens, with ids of at least 0.</param>
    /// <param name="addedTokens">The added tokens; where the model has the same token or id, both agree.</param>
    /// <param name="decoder">Says which bytes a token stands for.</param>
    public Vocabulary(ModelVocabulary modelTokens, IReadOnlyList<AddedToken> addedTokens, ITokenDecoder decoder)
    {
        _ids = new Dictionary<string, int>(modelTokens.Ids, StringComparer.Ordinal);
        foreach (AddedToken token in addedTokens)
        {
            _ids[token.Content] = token.Id;
        }

        Size = modelTokens.Tokens.Keys.Concat(addedTokens.Select(static token => token.Id)).DefaultIfEmpty(-1).Max() + 1;
        _tokens = new string?[Size];
        foreach ((int id, string token) in modelTokens.Tokens)
        {
            _tokens[id] = token;
        }

        _decodedForms = [.. _tokens];
        foreach (AddedToken token in addedTokens)
        {
            (_tokens[token.Id], _decodedForms[token.Id]) = (token.Content, token.Pattern);
        }

        var special = addedTokens.Where(static token => token.Special).Select(static token => token.Content).ToHashSet(StringComparer.Ordinal);
        _special = Array.ConvertAll(_tokens, token => token is not null && special.Contains(token));

        // The reference looks for the decoded form among the special tokens.
        _skipped = Array.ConvertAll(_decodedForms, token => token is not null && special.Contains(token));
        _offsets = new int[Size + 1];
        var bytes = new MemoryStream();
        for (int id = 0; id < Size; id++)
        {
            bytes.Write(_decodedForms[id] is { } token ? decoder.BytesOf(token) : []);
            _offsets[id + 1] = (int)bytes.Length;
        }

        _bytes = bytes.ToArray();
    }

    /// <summary>The highest id plus one. Ids below it may lack a token.</summary>
    public int Size { get; }

    public int? IdOf(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    public string? TokenOf(int id) => (uint)id < (uint)Size ? _tokens[id] : null;

    /// <summary>The token as the decoder gets it: an added token that is looked for in normalized text is given in its normalized form.</summary>
    public string? DecodedForm(int id) => (uint)id < (uint)Size ? _decodedForms[id] : null;

    public bool IsSpecial(int id) => (uint)id < (uint)Size && _special[id];

    /// <summary>Whether decoding without special tokens leaves this one out.</summary>
    public bool IsSkipped(int id) => (uint)id < (uint)Size && _skipped[id];

    public ReadOnlyMemory<byte> BytesOf(int id) =>
        (uint)id < (uint)Size ? _bytes.AsMemory(_offsets[id], _offsets[id + 1] - _offsets[id]) : ReadOnlyMemory<byte>.Empty;
}
