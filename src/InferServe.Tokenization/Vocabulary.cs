using InferServe.Tokenization.AddedTokens;
using InferServe.Tokenization.Decoding;

namespace InferServe.Tokenization;

/// <summary>The tokens of the model and the added tokens, by id and by name. Immutable.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly string?[] _tokens;
    private readonly bool[] _special;
    private readonly byte[] _bytes;
    private readonly int[] _offsets;

    /// <param name="modelTokens">The ids of the model's tokens, each id once and at least 0.</param>
    /// <param name="addedTokens">The added tokens; where the model has the same token or id, both agree.</param>
    /// <param name="decoder">Says which bytes a token stands for.</param>
    public Vocabulary(IReadOnlyDictionary<string, int> modelTokens, IReadOnlyList<AddedToken> addedTokens, ITokenDecoder decoder)
    {
        _ids = new Dictionary<string, int>(modelTokens, StringComparer.Ordinal);
        foreach (AddedToken token in addedTokens)
        {
            _ids[token.Content] = token.Id;
        }

        Size = _ids.Count == 0 ? 0 : _ids.Values.Max() + 1;
        _tokens = new string?[Size];
        foreach ((string token, int id) in _ids)
        {
            _tokens[id] = token;
        }

        _special = new bool[Size];
        foreach (AddedToken token in addedTokens)
        {
            _special[token.Id] |= token.Special;
        }

        _offsets = new int[Size + 1];
        var bytes = new MemoryStream();
        for (int id = 0; id < Size; id++)
        {
            bytes.Write(_tokens[id] is { } token ? decoder.BytesOf(token) : []);
            _offsets[id + 1] = (int)bytes.Length;
        }

        _bytes = bytes.ToArray();
    }

    /// <summary>The highest id plus one. Ids below it may lack a token.</summary>
    public int Size { get; }

    public int? IdOf(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    public string? TokenOf(int id) => (uint)id < (uint)Size ? _tokens[id] : null;

    public bool IsSpecial(int id) => (uint)id < (uint)Size && _special[id];

    public ReadOnlyMemory<byte> BytesOf(int id) =>
        (uint)id < (uint)Size ? _bytes.AsMemory(_offsets[id], _offsets[id + 1] - _offsets[id]) : ReadOnlyMemory<byte>.Empty;
}
