using System.Collections.Concurrent;
using System.Collections.Frozen;
using InferServe.Grammar.Json;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Masks;

namespace InferServe.Grammar;

/// <summary>
/// The tokens of one model as grammars see them. Immutable and thread-safe; made once for each model, because it sorts all tokens.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>Most bytes of one token; a longer one never occurs in constrained text.</summary>
    public const int MaxTokenBytes = 1024;

    private readonly byte[]?[] _bytes;
    private readonly Lazy<StringTokenLengths> _stringLengths;

    private Vocabulary(byte[]?[] bytes, FrozenSet<int> endTokens)
    {
        _bytes = bytes;
        EndTokens = endTokens;
        Trie = TokenTrieBuilder.Build(bytes);
        _stringLengths = new Lazy<StringTokenLengths>(() => StringTokenLengths.Of(Trie));
    }

    /// <summary>How many token ids there are; a mask has one bit for each.</summary>
    public int Size => _bytes.Length;

    /// <summary>Tokens that end a generation.</summary>
    public IReadOnlySet<int> EndTokens { get; }

    /// <summary>Words of a mask.</summary>
    public int MaskWords => (Size + 63) / 64;

    internal TokenTrie Trie { get; }

    /// <summary>Masks of terminals that all grammars share.</summary>
    internal ConcurrentDictionary<(Terminal, int), TerminalMask> SharedMasks { get; } = new();

    /// <summary>Characters of JSON strings in each token.</summary>
    internal StringTokenLengths StringLengths => _stringLengths.Value;

    /// <param name="tokens">
    /// For each token id the bytes it stands for in text, or null for a control token, which constrained text never contains. A token
    /// without bytes counts as one.
    /// </param>
    /// <param name="endTokens">Ids of the tokens that end a generation; allowed wherever the text may end, and only there.</param>
    /// <exception cref="ArgumentException">There is no token, or an end token is not one of them.</exception>
    public static Vocabulary Create(IReadOnlyList<ReadOnlyMemory<byte>?> tokens, IEnumerable<int> endTokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(endTokens);
        var ends = endTokens.ToFrozenSet();
        if (tokens.Count == 0)
        {
            throw new ArgumentException("A vocabulary has at least one token.", nameof(tokens));
        }

        foreach (var end in ends)
        {
            if (end < 0 || end >= tokens.Count)
            {
                throw new ArgumentException($"The end token {end} is not one of the {tokens.Count} tokens.", nameof(endTokens));
            }
        }

        var bytes = new byte[]?[tokens.Count];
        for (var token = 0; token < bytes.Length; token++)
        {
            bytes[token] = tokens[token] is { Length: > 0 and <= MaxTokenBytes } text && !ends.Contains(token) ? text.ToArray() : null;
        }

        return new Vocabulary(bytes, ends);
    }

    /// <summary>The bytes of a token; empty for control and end tokens.</summary>
    public ReadOnlySpan<byte> BytesOf(int token) => _bytes[token];

    /// <summary>Whether the id exists.</summary>
    public bool Contains(int token) => (uint)token < (uint)_bytes.Length;
}
