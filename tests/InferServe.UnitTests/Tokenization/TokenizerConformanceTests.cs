using System.Text;
using System.Text.Json;
using InferServe.Tokenization;
using InferServe.UnitTests.Support;

namespace InferServe.UnitTests.Tokenization;

/// <summary>Real tokenizers against the results of the reference implementations.</summary>
public class TokenizerConformanceTests
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static TheoryData<string> ByteLevelTokenizers => [.. NamesOf(byteLevel: true)];

    public static TheoryData<string> OtherTokenizers => [.. NamesOf(byteLevel: false)];

    [ConformanceTheory]
    [MemberData(nameof(ByteLevelTokenizers))]
    public void Encode_Goldens_GivesTheirIds(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(FolderOf(name));
        AssertAll(name, golden => string.Join(' ', golden.Ids), golden => string.Join(' ', tokenizer.Encode(golden.Text, golden.AddSpecialTokens)));
    }

    [ConformanceTheory]
    [MemberData(nameof(ByteLevelTokenizers))]
    public void Decode_Goldens_GivesTheirText(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(FolderOf(name));
        AssertAll(name, golden => golden.Decoded, golden => tokenizer.Decode(golden.Ids, skipSpecialTokens: false));
        AssertAll(name, golden => golden.DecodedSkipSpecial, golden => tokenizer.Decode(golden.Ids, skipSpecialTokens: true));
    }

    [ConformanceTheory]
    [MemberData(nameof(ByteLevelTokenizers))]
    public void CreateDetokenizer_RandomIds_JoinsToTheBytesOfAllTokens(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(FolderOf(name));
        var random = new Random(20);
        for (int round = 0; round < 300; round++)
        {
            int[] ids = [.. Enumerable.Range(0, 40).Select(_ => random.Next(tokenizer.VocabularySize))];
            string expected = Encoding.UTF8.GetString([.. ids.SelectMany(id => tokenizer.TokenBytes(id).ToArray())]);
            IncrementalDetokenizer detokenizer = tokenizer.CreateDetokenizer(skipSpecialTokens: false);
            string actual = string.Concat(ids.Select(detokenizer.Append)) + detokenizer.Flush();
            Assert.Equal(expected, actual);
            Assert.Equal(expected, tokenizer.Decode(ids, skipSpecialTokens: false));
        }
    }

    /// <summary>The goldens of tokenizers that cannot be loaded yet do not count as passed; loading them says what is missing.</summary>
    [ConformanceTheory]
    [MemberData(nameof(OtherTokenizers))]
    public void Load_KindNotSupported_NamesTheComponent(string name)
    {
        TokenizerLoadException exception = Assert.Throws<TokenizerLoadException>(() => Tokenizer.Load(FolderOf(name)));
        Assert.Contains("is not supported; supported:", exception.Message, StringComparison.Ordinal);
    }

    [ConformanceFact(Skip = "SentencePiece-style BPE, Unigram and WordPiece tokenizers are not supported: their goldens are not checked.")]
    public void Encode_GoldensOfOtherKinds_GivesTheirIds()
    {
    }

    private static void AssertAll(string name, Func<Golden, string> expected, Func<Golden, string> actual)
    {
        Golden[] goldens = JsonSerializer.Deserialize<Golden[]>(File.ReadAllBytes(Path.Combine(FolderOf(name), "goldens.json")), SnakeCase)!;
        Assert.NotEmpty(goldens);
        string[] failures = [.. goldens.Where(golden => expected(golden) != actual(golden)).Select(golden =>
            $"{golden.Id} (add_special_tokens {golden.AddSpecialTokens}): expected {expected(golden)}, got {actual(golden)}")];
        Assert.True(failures.Length == 0, $"{failures.Length} of {goldens.Length} differ:\n{string.Join('\n', failures.Take(10))}");
    }

    private static IEnumerable<string> NamesOf(bool byteLevel) =>
        ConformanceData.FoldersIn("tokenizers").Where(name => byteLevel == IsByteLevel(name));

    private static bool IsByteLevel(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(FolderOf(name), "tokenizer.json")));
        JsonElement decoder = document.RootElement.GetProperty("decoder");
        return document.RootElement.GetProperty("model").GetProperty("type").GetString() == "BPE"
            && decoder.ValueKind == JsonValueKind.Object && decoder.GetProperty("type").GetString() == "ByteLevel";
    }

    private static string FolderOf(string name) => ConformanceData.PathOf("tokenizers", name);

    private sealed record Golden(string Id, string Text, bool AddSpecialTokens, int[] Ids, string Decoded, string DecodedSkipSpecial);
}
