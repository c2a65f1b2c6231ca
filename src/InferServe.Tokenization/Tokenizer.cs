using System.Text;
using InferServe.Tokenization.AddedTokens;
using InferServe.Tokenization.Loading;
using InferServe.Tokenization.Models;
using InferServe.Tokenization.Normalization;
using InferServe.Tokenization.PreTokenization;

namespace InferServe.Tokenization;

/// <summary>
/// Turns text into a model's token ids and back, as the model's <c>tokenizer.json</c> says; the results are those of Hugging Face
/// tokenizers. A text passes through these steps:
/// <list type="number">
/// <item>Added tokens are found in the text; the rest below happens to the text between them.</item>
/// <item>The text is normalized, and added tokens that ask for it are found now.</item>
/// <item>The pre-tokenizer cuts the text into pieces.</item>
/// <item>The model turns each piece into tokens.</item>
/// <item>Special tokens go around the whole if asked for.</item>
/// </list>
/// Thread-safe.
/// </summary>
public sealed class Tokenizer
{
    private const string TokenizerJson = "tokenizer.json";
    private const string ConfigJson = "tokenizer_config.json";

    private readonly TokenizerParts _parts;
    private readonly AddedTokenSplitter _givenSplitter;
    private readonly AddedTokenSplitter _normalizedSplitter;

    private Tokenizer(TokenizerParts parts, TokenizerConfig config)
    {
        _parts = parts;
        Config = config;
        _givenSplitter = SplitterOf(parts.AddedTokens.Where(static token => !token.Normalized));
        _normalizedSplitter = SplitterOf(parts.AddedTokens.Where(static token => token.Normalized));
        BosId = RequiredId(config.BosToken, "bos_token");
        EosId = RequiredId(config.EosToken, "eos_token");
        PadId = config.PadToken is { } pad ? TokenToId(pad) : null;
    }

    /// <summary>The configuration beside the tokenizer: names of tokens, chat templates.</summary>
    public TokenizerConfig Config { get; }

    /// <summary>The highest token id plus one. Ids below it may lack a token; a model may have more logits than this.</summary>
    public int VocabularySize => _parts.Vocabulary.Size;

    /// <summary>The id of the configuration's bos token, or null.</summary>
    public int? BosId { get; }

    /// <summary>The id of the configuration's eos token, or null.</summary>
    public int? EosId { get; }

    /// <summary>The id of the configuration's pad token; null also when the vocabulary does not hold it, since nothing is padded with it.</summary>
    public int? PadId { get; }

    /// <summary>Loads <c>tokenizer.json</c> and, if it is there, <c>tokenizer_config.json</c> from a model's folder.</summary>
    /// <exception cref="TokenizerLoadException">A file is missing, malformed, or asks for something that is not supported.</exception>
    public static Tokenizer Load(string folder)
    {
        using Stream tokenizer = JsonFile.Open(folder, TokenizerJson)
            ?? throw new TokenizerLoadException($"{System.IO.Path.Combine(folder, TokenizerJson)} does not exist.");
        using Stream? config = JsonFile.Open(folder, ConfigJson);
        return Load(tokenizer, config);
    }

    /// <summary>Loads a tokenizer from its files' contents, which are read to their ends.</summary>
    /// <param name="tokenizerJson">The content of <c>tokenizer.json</c>.</param>
    /// <param name="configJson">The content of <c>tokenizer_config.json</c>, or null.</param>
    /// <exception cref="TokenizerLoadException">A file is malformed or asks for something that is not supported.</exception>
    public static Tokenizer Load(Stream tokenizerJson, Stream? configJson = null)
    {
        TokenizerParts parts = JsonFile.Parse(
            JsonFile.Read(tokenizerJson, TokenizerJson, TokenizerLimits.TokenizerJsonBytes), TokenizerJson, TokenizerJsonReader.Read);
        TokenizerConfig config = configJson is null ? TokenizerConfig.Empty : JsonFile.Parse(
            JsonFile.Read(configJson, ConfigJson, TokenizerLimits.ConfigBytes), ConfigJson, TokenizerConfigReader.Read);
        return new Tokenizer(parts, config);
    }

    /// <summary>Loads a tokenizer from its files' contents.</summary>
    /// <inheritdoc cref="Load(Stream, Stream?)"/>
    public static Tokenizer Parse(string tokenizerJson, string? configJson = null)
    {
        using var tokenizer = new MemoryStream(Encoding.UTF8.GetBytes(tokenizerJson));
        using MemoryStream? config = configJson is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(configJson));
        return Load(tokenizer, config);
    }

    /// <summary>Turns text into token ids.</summary>
    /// <param name="text">The text. An unpaired surrogate counts as U+FFFD.</param>
    /// <param name="addSpecialTokens">Whether the post-processor adds its tokens, such as a bos token in front.</param>
    /// <param name="parseSpecialTokens">
    /// Whether special tokens written in the text become those tokens. False makes them ordinary text; added tokens that are not
    /// special are found in either case.
    /// </param>
    /// <returns>The ids, shape [tokens].</returns>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">The tokenizer's own pattern takes more than ten
    /// seconds for one match, which none of the usual patterns does.</exception>
    public int[] Encode(string text, bool addSpecialTokens, bool parseSpecialTokens = true)
    {
        // The text without special tokens around has about one token for each four characters.
        var ids = new List<int>((text.Length / 3) + 8);
        text = WellFormedText.Of(text);
        var sink = new ModelSink(_parts.Model, ids);
        foreach (TextSegment segment in _givenSplitter.Split(text, parseSpecialTokens))
        {
            if (segment.TokenId is { } id)
            {
                ids.Add(id);
            }
            else
            {
                string part = text.Substring(segment.Start, segment.Length);
                EncodeSegment(NormalizedText.Of(part, isAtStart: segment.Start == 0), parseSpecialTokens, sink);
            }
        }

        return _parts.SpecialTokens.Apply(ids, addSpecialTokens);
    }

    /// <summary>Turns token ids into text.</summary>
    /// <param name="ids">The ids; those without a token are passed over.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <returns>The text; bytes that are no valid UTF-8 become U+FFFD.</returns>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        IncrementalDetokenizer detokenizer = CreateDetokenizer(skipSpecialTokens);
        var text = new StringBuilder();
        foreach (int id in ids)
        {
            text.Append(detokenizer.Append(id));
        }

        return text.Append(detokenizer.Flush()).ToString();
    }

    /// <summary>Begins a text that is decoded token by token.</summary>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <param name="continuesText">
    /// Whether the text continues one that other tokens make, such as a prompt. Some decoders leave out a space at the start of a text;
    /// what continues one keeps it.
    /// </param>
    /// <param name="shown">Special tokens that stay although the others are left out; null for none.</param>
    public IncrementalDetokenizer CreateDetokenizer(bool skipSpecialTokens, bool continuesText = false, IReadOnlySet<int>? shown = null) =>
        new(_parts.Vocabulary, _parts.Decoder.Start(_parts.Vocabulary, continuesText), skipSpecialTokens, shown);

    /// <summary>The id of a token written as in <c>tokenizer.json</c>; null when there is none.</summary>
    public int? TokenToId(string token) => _parts.Vocabulary.IdOf(token);

    /// <summary>A token as <c>tokenizer.json</c> writes it, which for byte-level tokens is not their text; null when the id has none.</summary>
    public string? IdToToken(int id) => _parts.Vocabulary.TokenOf(id);

    /// <summary>
    /// The bytes that a token adds to the text when it stands between other tokens, maybe part of a character; empty when the id has no
    /// token.
    /// </summary>
    public ReadOnlyMemory<byte> TokenBytes(int id) => _parts.Vocabulary.BytesOf(id);

    /// <summary>Whether the id is that of a special token: a control token that is no part of the text.</summary>
    public bool IsSpecial(int id) => _parts.Vocabulary.IsSpecial(id);

    private static AddedTokenSplitter SplitterOf(IEnumerable<AddedToken> tokens) =>
        new([.. tokens.Select(static token => (token.Pattern, token))]);

    private void EncodeSegment(NormalizedText given, bool parseSpecialTokens, ModelSink sink)
    {
        NormalizedText text = _parts.Normalizer.Normalize(given);
        var whole = new TextPiece(text.Text, text.AtStart);
        foreach (TextSegment segment in _normalizedSplitter.Split(text.Text, parseSpecialTokens))
        {
            if (segment.TokenId is { } id)
            {
                sink.Ids.Add(id);
            }
            else
            {
                _parts.PreTokenizer.Split(whole.Slice(segment.Start, segment.Start + segment.Length), sink);
            }
        }
    }

    private int? RequiredId(string? token, string name) => token is null ? null : TokenToId(token)
        ?? throw new TokenizerLoadException($"{ConfigJson}: {name}: the token '{token}' is not in the vocabulary.");

    private sealed class ModelSink(ITokenModel model, List<int> ids) : IPieceSink
    {
        public List<int> Ids => ids;

        public void Add(TextPiece piece) => model.Encode(piece.Text, ids);
    }
}
