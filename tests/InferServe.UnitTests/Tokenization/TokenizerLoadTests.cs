using System.Text;
using System.Text.Json.Nodes;
using InferServe.Tokenization;

namespace InferServe.UnitTests.Tokenization;

public class TokenizerLoadTests
{
    [Fact]
    public void Load_FolderWithoutTokenizer_NamesTheFile()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Contains("tokenizer.json does not exist", Message(() => Tokenizer.Load(folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Folder_ReadsBothFiles()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "tokenizer.json"), "\uFEFF" + TinyTokenizer.Json().ToJsonString());
            Assert.Null(Tokenizer.Load(folder.FullName).EosId);
            File.WriteAllText(Path.Combine(folder.FullName, "tokenizer_config.json"), """{"eos_token":"a"}""");
            Assert.Equal('a', Tokenizer.Load(folder.FullName).EosId);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Load_BadJson_GivesThePosition() =>
        Assert.Contains("line 2, byte 7", Message(() => Tokenizer.Parse("{\n \"a\": x}")), StringComparison.Ordinal);

    [Fact]
    public void Load_DeepJson_IsRefused() => Message(() => Tokenizer.Parse(new string('[', 100_000)));

    [Theory]
    [InlineData("""{"type":"WordPiece"}""", "model", "'WordPiece' is not supported; supported: BPE")]
    [InlineData("""{"type":"Metaspace"}""", "pre_tokenizer", "without ByteLevel as its last pre-tokenizer")]
    [InlineData("null", "pre_tokenizer", "without a ByteLevel pre-tokenizer")]
    [InlineData("""{"type":"Sequence","pretokenizers":[{"type":"Punctuation"},{"type":"ByteLevel","add_prefix_space":false}]}""", "pre_tokenizer", "pre_tokenizer.pretokenizers[0]: the pre-tokenizer 'Punctuation' is not supported")]
    [InlineData("""{"type":"ByteLevel"}""", "pre_tokenizer", "'add_prefix_space' is missing")]
    [InlineData("""{"type":"Lowercase"}""", "normalizer", "the normalizer 'Lowercase' is not supported; supported: null, NFC")]
    [InlineData("""{"type":"BertProcessing"}""", "post_processor", "the post-processor 'BertProcessing' is not supported")]
    [InlineData("""{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A"}},{"Sequence":{"id":"B"}}]}""", "post_processor", "special tokens around the sequence A once")]
    [InlineData("""{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}},{"Sequence":{"id":"A"}}],"special_tokens":{}}""", "post_processor", "'x' is not among special_tokens")]
    [InlineData("null", "decoder", "without a decoder")]
    [InlineData("""{"type":"WordPiece"}""", "decoder", "the decoder 'WordPiece' is not supported; supported: ByteLevel")]
    [InlineData("""[{"id":1,"content":"zz"}]""", "added_tokens", "have the same id 1")]
    [InlineData("""[{"id":300,"content":"a"}]""", "added_tokens", "the token 'a' has the id 300 here and 97 elsewhere")]
    [InlineData("""[{"id":-1,"content":"zz"}]""", "added_tokens", "0 to 4194303, not -1")]
    [InlineData("""[{"id":1.5,"content":"zz"}]""", "added_tokens", "not 1.5")]
    public void Load_Member_IsRefusedByName(string value, string member, string expected) =>
        Assert.Contains(expected, Message(() => TinyTokenizer.Json().With(member, JsonNode.Parse(value)).Load()), StringComparison.Ordinal);

    [Theory]
    [InlineData("byte_fallback", "true", "byte_fallback (SentencePiece-style BPE) is not supported")]
    [InlineData("dropout", "0.1", "dropout is not supported")]
    [InlineData("end_of_word_suffix", "\"</w>\"", "end_of_word_suffix '</w>' is not supported")]
    [InlineData("unk_token", "\"zz\"", "the token 'zz' is not in the vocabulary")]
    [InlineData("merges", "[\"a zz\"]", "merge 0 needs the token 'zz'")]
    [InlineData("merges", "[\"a b\"]", "merge 0 needs the token 'ab'")]
    [InlineData("merges", "[\"abc\"]", "merge 0 is neither")]
    [InlineData("merges", "[[\"a\"]]", "merge 0 is neither")]
    [InlineData("vocab", "{\"a\":1,\"b\":1}", "the tokens 'a' and 'b' have the same id 1")]
    [InlineData("vocab", "{\"a\":4194304}", "0 to 4194303, not 4194304")]
    [InlineData("vocab", "[]", "an object is expected, not []")]
    public void Load_ModelMember_IsRefusedByName(string member, string value, string expected) =>
        Assert.Contains(expected, Message(() => TinyTokenizer.Json().WithModel(member, JsonNode.Parse(value)).Load()), StringComparison.Ordinal);

    [Fact]
    public void Load_TokenTwice_IsRefused() => Assert.Contains(
        "the token 'a' stands there twice",
        Message(() => Tokenizer.Parse("""{"model":{"type":"BPE","vocab":{"a":1,"a":2},"merges":[]}}""")),
        StringComparison.Ordinal);

    [Fact]
    public void Load_UnpairedSurrogateInString_IsRefused() => Assert.Contains(
        "no valid Unicode", Message(() => Tokenizer.Parse("""{"model":{"type":"BPE","vocab":{"\ud800":1},"merges":[]}}""")), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"eos_token":"zz"}""", "eos_token: the token 'zz' is not in the vocabulary")]
    [InlineData("""{"eos_token":5}""", "eos_token: a string is expected, not 5")]
    [InlineData("""{"chat_template":[{"name":"a","template":""},{"name":"a","template":""}]}""", "two templates named 'a'")]
    [InlineData("[]", "tokenizer_config.json: an object is expected")]
    public void Load_BadConfig_IsRefused(string config, string expected) =>
        Assert.Contains(expected, Message(() => TinyTokenizer.Json().Load(config)), StringComparison.Ordinal);

    [Fact]
    public void Load_MutatedFile_LoadsOrThrowsLoadException()
    {
        JsonObject json = TinyTokenizer.Json("a b").WithAdded("<x>", "special").With("normalizer", new JsonObject { ["type"] = "NFC" });
        json["model"]!["vocab"] = new JsonObject { ["a"] = 0, ["b"] = 1, ["ab"] = 2, ["<x>"] = 257 };
        byte[] valid = Encoding.UTF8.GetBytes(json.ToJsonString());
        Assert.NotNull(Tokenizer.Load(new MemoryStream(valid)));
        var random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] mutated = [.. valid];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                mutated[random.Next(mutated.Length)] = random.Next(3) == 0
                    ? (byte)random.Next(256)
                    : "{}[]\",:\\0123456789.truefalsn ()|+*?^$d800"u8[random.Next(40)];
            }

            refused += Refuses(mutated) ? 1 : 0;
        }

        Assert.InRange(refused, 1000, 2000);
    }

    [Fact]
    public void Load_RandomBytes_ThrowsLoadException()
    {
        var random = new Random(4);
        for (int round = 0; round < 500; round++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Assert.True(Refuses(bytes));
        }
    }

    private static bool Refuses(byte[] file)
    {
        try
        {
            Tokenizer.Load(new MemoryStream(file)).Encode("ab <x>", true);
            return false;
        }
        catch (TokenizerLoadException)
        {
            return true;
        }
    }

    private static string Message(Func<Tokenizer> load) => Assert.Throws<TokenizerLoadException>(load).Message;
}
