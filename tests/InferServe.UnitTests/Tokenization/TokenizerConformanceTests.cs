using System.Text;
using System.Text.Json;
using InferServe.Tokenization;
using InferServe.UnitTests.Support;

namespace InferServe.UnitTests.Tokenization;

/// <summary>Real tokenizers against the results of the reference implementations: every golden of every tokenizer that is there.</summary>
public class TokenizerConformanceTests
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static TheoryData<string> Tokenizers => [.. ConformanceData.FoldersIn("tokenizers")];

    [ConformanceTheory]
    [MemberData(nameof(Tokenizers))]
    public void Encode_Goldens_GivesTheirIds(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(FolderOf(name));
        AssertAll(name, golden => string.Join(' ', golden.Ids), golden => string.Join(' ', tokenizer.Encode(golden.Text, golden.AddSpecialTokens)));
    }

    [ConformanceTheory]
    [MemberData(nameof(Tokenizers))]
    public void Decode_Goldens_GivesTheirText(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(FolderOf(name));
        AssertAll(name, golden => golden.Decoded, golden => tokenizer.Decode(golden.Ids, skipSpecialTokens: false));
        AssertAll(name, golden => golden.DecodedSkipSpecial, golden => tokenizer.Decode(golden.Ids, skipSpecialTokens: true));
    }

    [ConformanceTheory]
    [MemberData(nameof(Tokenizers))]
    public void Append_Goldens_JoinsToTheirText(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(FolderOf(name));
        AssertAll(name, golden => golden.Decoded, golden => Joined(tokenizer.CreateDetokenizer(skipSpecialTokens: false), golden.Ids));
        AssertAll(name, golden => golden.DecodedSkipSpecial, golden => Joined(tokenizer.CreateDetokenizer(skipSpecialTokens: true), golden.Ids));
    }

    [ConformanceTheory]
    [MemberData(nameof(Tokenizers))]
    public void Append_TextContinued_JoinsToTheWholeText(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(FolderOf(name));
        foreach (Golden golden in Goldens(name).Where(static golden => !golden.AddSpecialTokens && golden.Ids.Length > 1))
        {
            // Tokens of single bytes may belong to one character on both sides of the cut.
            int cut = golden.Ids.Length / 2;
            string before = tokenizer.Decode(golden.Ids.AsSpan(0, cut), skipSpecialTokens: false);
            string after = Joined(tokenizer.CreateDetokenizer(skipSpecialTokens: false, continuesText: true), golden.Ids[cut..]);
            if (!before.EndsWith('\uFFFD') && !after.StartsWith('\uFFFD'))
            {
                Assert.Equal(golden.Decoded, before + after);
            }
        }
    }

    /// <summary>A grammar follows an answer by the bytes of its tokens, so these must be what the detokenizer makes of them.</summary>
    [ConformanceTheory]
    [MemberData(nameof(Tokenizers))]
    public void TokenBytes_Goldens_JoinToTheContinuedText(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(FolderOf(name));
        foreach (Golden golden in Goldens(name).Where(static golden => !golden.AddSpecialTokens))
        {
            Assert.Equal(
                Joined(tokenizer.CreateDetokenizer(skipSpecialTokens: false, continuesText: true), golden.Ids),
                Encoding.UTF8.GetString([.. golden.Ids.SelectMany(id => tokenizer.TokenBytes(id).ToArray())]));
        }
    }

    [ConformanceTheory]
    [MemberData(nameof(Tokenizers))]
    public void Append_RandomIds_JoinsToTheDecodedText(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(FolderOf(name));
        var random = new Random(20);
        for (int round = 0; round < 300; round++)
        {
            int[] ids = [.. Enumerable.Range(0, 40).Select(_ => random.Next(random.Next(4) == 0 ? 300 : tokenizer.VocabularySize))];
            Assert.Equal(tokenizer.Decode(ids, skipSpecialTokens: false), Joined(tokenizer.CreateDetokenizer(skipSpecialTokens: false), ids));
        }
    }

    private static string Joined(IncrementalDetokenizer detokenizer, int[] ids) => string.Concat(ids.Select(detokenizer.Append)) + detokenizer.Flush();

    private static void AssertAll(string name, Func<Golden, string> expected, Func<Golden, string> actual)
    {
        Golden[] goldens = Goldens(name);
        string[] failures = [.. goldens.Where(golden => expected(golden) != actual(golden)).Select(golden =>
            $"{golden.Id} (add_special_tokens {golden.AddSpecialTokens}): expected {expected(golden)}, got {actual(golden)}")];
        Assert.True(failures.Length == 0, $"{failures.Length} of {goldens.Length} differ:\n{string.Join('\n', failures)}");
    }

    private static Golden[] Goldens(string name)
    {
        Golden[] goldens = JsonSerializer.Deserialize<Golden[]>(File.ReadAllBytes(Path.Combine(FolderOf(name), "goldens.json")), SnakeCase)!;
        Assert.NotEmpty(goldens);
        return goldens;
    }

    private static string FolderOf(string name) => ConformanceData.PathOf("tokenizers", name);

    private sealed record Golden(string Id, string Text, bool AddSpecialTokens, int[] Ids, string Decoded, string DecodedSkipSpecial);
}
