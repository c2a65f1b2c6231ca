using System.Text;
using System.Text.Json.Nodes;
using InferServe.Tokenization;

namespace InferServe.UnitTests.Tokenization;

public class TokenizerTests
{
    private static readonly string[] Merges = ["l l", "h e", "ll o", "he llo", "Ġ w", "o r", "Ġw or", "l d", "Ġwor ld"];

    [Theory]
    [InlineData("hello world", "hello| world")]
    [InlineData("hellohello", "hello|hello")]
    [InlineData("hell", "he|ll")]
    [InlineData("lll", "ll|l")]
    [InlineData("1234", "1|2|3|4")]
    [InlineData("", "")]
    public void Encode_Merges_AppliesThemByRank(string text, string expected) =>
        Assert.Equal(expected, TinyTokenizer.Json(Merges).Load().Tokens(text));

    [Fact]
    public void Encode_MergesAsPairs_AreTheSameAsStrings()
    {
        var pairs = new JsonArray([.. Merges.Select(static merge => new JsonArray([.. merge.Split(' ').Select(static part => JsonValue.Create(part))]))]);
        Assert.Equal("hello| world", TinyTokenizer.Json(Merges).WithModel("merges", pairs).Load().Tokens("hello world"));
    }

    [Fact]
    public void Encode_IgnoreMerges_TakesWholePiecesThatAreTokens()
    {
        JsonObject json = TinyTokenizer.Json("a b");
        json["model"]!["vocab"]!["abc"] = 257;
        Assert.Equal("ab|c", json.Load().Tokens("abc"));
        Assert.Equal("abc", json.WithModel("ignore_merges", true).Load().Tokens("abc"));
    }

    [Fact]
    public void Encode_BytesWithoutTokens_AreLeftOutOrUnknown()
    {
        JsonObject json = TinyTokenizer.Json().WithModel("vocab", new JsonObject { ["a"] = 0, ["?"] = 1 });
        Assert.Equal([0, 0], json.Load().Encode("axya", false));
        Assert.Equal([0, 1, 1, 0], json.WithModel("unk_token", "?").Load().Encode("axya", false));
        Assert.Equal([0, 1, 0], json.WithModel("fuse_unk", true).Load().Encode("axya", false));
    }

    [Fact]
    public void Encode_SpecialTokens_AreParsedUnlessToldOtherwise()
    {
        Tokenizer tokenizer = TinyTokenizer.Json().WithAdded("<|end|>", "special").WithAdded("<tool>").Load();
        Assert.Equal("a|<|end|>|<tool>", tokenizer.Tokens("a<|end|><tool>"));
        Assert.Equal([.. "a<|end|>".Select(static character => (int)character), 257], tokenizer.Encode("a<|end|><tool>", false, parseSpecialTokens: false));
        Assert.True(tokenizer.IsSpecial(256));
        Assert.False(tokenizer.IsSpecial(257));
        Assert.Equal("a<tool>", tokenizer.Decode(tokenizer.Encode("a<|end|><tool>", false), skipSpecialTokens: true));
    }

    [Theory]
    [InlineData("TemplateProcessing alone", "<s>|a|</s>")]
    [InlineData("in a sequence", "<s>|a|</s>")]
    public void Encode_AddSpecialTokens_FollowsTheTemplate(string kind, string expected)
    {
        JsonObject Template() => JsonNode.Parse("""
            {"type":"TemplateProcessing",
             "single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
             "special_tokens":{"<s>":{"id":"<s>","ids":[256]},"</s>":{"id":"</s>","ids":[257]}}}
            """)!.AsObject();
        JsonObject processor = kind == "in a sequence"
            ? TinyTokenizer.Sequence("processors", TinyTokenizer.ByteLevel(), Template())
            : Template();
        Tokenizer tokenizer = TinyTokenizer.Json().WithAdded("<s>", "special").WithAdded("</s>", "special").With("post_processor", processor).Load();
        Assert.Equal(expected, tokenizer.Tokens("a", addSpecialTokens: true));
        Assert.Equal("a", tokenizer.Tokens("a"));
    }

    [Fact]
    public void Encode_Normalizer_WorksBetweenAddedTokens()
    {
        Tokenizer tokenizer = TinyTokenizer.Json().WithAdded("e\u0301x").With("normalizer", new JsonObject { ["type"] = "NFC" }).Load();
        Assert.Equal([256, 0xC3, 0xA9], tokenizer.Encode("e\u0301xe\u0301", false));
    }

    [Fact]
    public void Encode_NormalizedAddedToken_IsFoundInNormalizedText()
    {
        Tokenizer tokenizer = TinyTokenizer.Json().WithAdded("e\u0301x", "normalized").With("normalizer", new JsonObject { ["type"] = "NFC" }).Load();
        Assert.Equal([256, 256], tokenizer.Encode("e\u0301x\u00E9x", false));
    }

    [Fact]
    public void Encode_UnpairedSurrogate_CountsAsReplacementCharacter() =>
        Assert.Equal([(int)'a', 0xEF, 0xBF, 0xBD, 'b'], TinyTokenizer.Json().Load().Encode("a\uD800b", false));

    [Fact]
    public void Encode_AddPrefixSpace_AddsItToEachTextBetweenTokens()
    {
        Tokenizer tokenizer = TinyTokenizer.Json().WithAdded("<x>").With("pre_tokenizer", TinyTokenizer.ByteLevel(addPrefixSpace: true)).Load();
        Assert.Equal(" |a|<x>| |b| |c", tokenizer.Tokens("a<x>b c"));
    }

    [Fact]
    public void Decode_RandomText_GivesTheTextBack()
    {
        Tokenizer tokenizer = TinyTokenizer.Json(Merges).WithAdded("<|end|>", "special").Load();
        var random = new Random(1);
        for (int round = 0; round < 500; round++)
        {
            string text = RandomText(random);
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text, false), skipSpecialTokens: false));
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text, false, parseSpecialTokens: false), skipSpecialTokens: false));
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("hello")]
    [InlineData(" ")]
    [InlineData("\u0301")]
    [InlineData("<|")]
    public void Encode_LongRun_GivesTheTextBack(string unit)
    {
        Tokenizer tokenizer = TinyTokenizer.Json([.. Merges, "a a", "aa aa", "Ġ Ġ", "ĠĠ ĠĠ"]).WithAdded("<|end|>", "special")
            .With("normalizer", new JsonObject { ["type"] = "NFC" }).Load();
        string text = string.Concat(Enumerable.Repeat(unit, (1 << 20) / unit.Length));
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text, false), skipSpecialTokens: false));
    }

    [Fact]
    public void Encode_FromManyThreads_GivesTheSameIds()
    {
        Tokenizer tokenizer = TinyTokenizer.Json(Merges).Load();
        string[] texts = [.. Enumerable.Range(0, 200).Select(static seed => RandomText(new Random(seed)))];
        int[][] expected = [.. texts.Select(text => TinyTokenizer.Json(Merges).Load().Encode(text, false)).Take(5)];
        int[][] actual = [.. texts.AsParallel().AsOrdered().Select(text => tokenizer.Encode(text, false))];
        Assert.Equal(expected, actual.Take(5));
        Assert.All(texts.Zip(actual), pair => Assert.Equal(pair.Second, tokenizer.Encode(pair.First, false)));
    }

    [Fact]
    public void Tokens_ByIdAndName_AreFound()
    {
        Tokenizer tokenizer = TinyTokenizer.Json("Ġ w").WithAdded("a b").Load();
        Assert.Equal(258, tokenizer.VocabularySize);
        Assert.Equal(256, tokenizer.TokenToId("Ġw"));
        Assert.Equal("Ġw", tokenizer.IdToToken(256));
        Assert.Equal(" w"u8, tokenizer.TokenBytes(256).Span);
        Assert.Equal("a b"u8, tokenizer.TokenBytes(257).Span);
        Assert.Equal([0xFF], tokenizer.TokenBytes(0xFF).ToArray());
        Assert.Null(tokenizer.TokenToId("zz"));
        Assert.All([-1, 258, int.MaxValue], id =>
        {
            Assert.Null(tokenizer.IdToToken(id));
            Assert.True(tokenizer.TokenBytes(id).IsEmpty);
            Assert.False(tokenizer.IsSpecial(id));
            Assert.Equal("", tokenizer.Decode([id], skipSpecialTokens: false));
        });
    }

    [Fact]
    public void Load_Config_GivesTokensAndTemplates()
    {
        Tokenizer tokenizer = TinyTokenizer.Json().WithAdded("<s>", "special").WithAdded("</s>", "special").Load("""
            {"bos_token":"<s>","eos_token":{"__type":"AddedToken","content":"</s>"},"pad_token":"<none>","add_bos_token":true,
             "chat_template":[{"name":"default","template":"A"},{"name":"tool_use","template":"B"}]}
            """);
        Assert.Equal((256, 257, null), (tokenizer.BosId, tokenizer.EosId, tokenizer.PadId));
        Assert.True(tokenizer.Config.AddBosToken);
        Assert.Equal("B", tokenizer.Config.ChatTemplates["tool_use"]);
        Assert.Equal("T", TinyTokenizer.Json().Load("""{"chat_template":"T","bos_token":null}""").Config.ChatTemplates["default"]);
    }

    private static string RandomText(Random random)
    {
        string[] parts = ["hello", " world", "<|end|>", "\r\n", "  ", "'S", "e\u0301", "漢字", "👨‍👩‍👧", "\0", "ſ", "\u2028"];
        var text = new StringBuilder();
        for (int count = random.Next(20); count > 0; count--)
        {
            int value = random.Next(0x110000);
            text.Append(Rune.IsValid(value) && random.Next(2) == 0 ? new Rune(value).ToString() : parts[random.Next(parts.Length)]);
        }

        return text.ToString();
    }
}
