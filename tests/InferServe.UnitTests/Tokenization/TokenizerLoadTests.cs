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
    [InlineData("\"2.0\"", "version", "version: the version '2.0' is not supported; supported: 1.0")]
    [InlineData("""{"type":"Neural"}""", "model", "model.type: the model type 'Neural' is not supported; supported: BPE, Unigram")]
    [InlineData("""{"type":"WordPiece"}""", "model", "model: 'vocab' is missing")]
    [InlineData("""{"type":"WordPiece","vocab":{"a":0},"continuing_subword_prefix":"##","max_input_chars_per_word":9,"unk_token":"b"}""", "model", "model.unk_token: the token 'b' is not in the vocabulary")]
    [InlineData("""{"type":"WordPiece","vocab":{"a":0},"continuing_subword_prefix":"##","max_input_chars_per_word":-1,"unk_token":"a"}""", "model", "an integer of at least 0 is expected, not -1")]
    [InlineData("""{"type":"WordLevel","vocab":{"a":0},"unk_token":"b"}""", "model", "the token 'b' is not in the vocabulary")]
    [InlineData("""{"type":"Unigram","vocab":[["a",0]]}""", "model", "Unigram without unk_id is not supported")]
    [InlineData("""{"type":"Unigram","vocab":[["a",0]],"unk_id":1}""", "model", "unk_id is less than that, not 1")]
    [InlineData("""{"type":"Unigram","vocab":[["a"]],"unk_id":0}""", "model", "model.vocab[0]: a token and its score are expected")]
    [InlineData("""{"type":"Unigram","vocab":[["a",1e999]],"unk_id":0}""", "model", "the score is no number")]
    [InlineData("""{"type":"Metaspace","replacement":"ab"}""", "pre_tokenizer", "pre_tokenizer.replacement: one character is expected")]
    [InlineData("""{"type":"Metaspace","replacement":"_","prepend_scheme":"last"}""", "pre_tokenizer", "the scheme 'last' is not supported; supported: first, never, always")]
    [InlineData("""{"type":"Metaspace","replacement":"_","prepend_scheme":"first","add_prefix_space":false}""", "pre_tokenizer", "'first' contradicts it")]
    [InlineData("""{"type":"Sequence","pretokenizers":[{"type":"Whitespace"},{"type":"Guess"}]}""", "pre_tokenizer", "pre_tokenizer.pretokenizers[1]: the pre-tokenizer 'Guess' is not supported")]
    [InlineData("""{"type":"Split","pattern":{"String":" "},"behavior":"Lost"}""", "pre_tokenizer", "pre_tokenizer.behavior: the behavior 'Lost' is not supported")]
    [InlineData("""{"type":"FixedLength","length":0}""", "pre_tokenizer", "an integer of at least 1 is expected, not 0")]
    [InlineData("""{"type":"ByteLevel"}""", "pre_tokenizer", "'add_prefix_space' is missing")]
    [InlineData("""{"type":"Uppercase"}""", "normalizer", "the normalizer 'Uppercase' is not supported; supported: null, NFC")]
    [InlineData("""{"type":"Precompiled","precompiled_charsmap":"?"}""", "normalizer", "normalizer.precompiled_charsmap: this is no base64")]
    [InlineData("""{"type":"Precompiled","precompiled_charsmap":"/////w=="}""", "normalizer", "shorter than they say")]
    [InlineData("""{"type":"Replace","pattern":{"Regex":"("},"content":""}""", "normalizer", "normalizer.pattern.Regex: '(' at character 1: ')' is missing")]
    [InlineData("""{"type":"BertProcessing"}""", "post_processor", "post_processor: 'cls' is missing")]
    [InlineData("""{"type":"BertProcessing","cls":["a"],"sep":["a",97]}""", "post_processor", "post_processor.cls: a token and its id are expected")]
    [InlineData("""{"type":"Sequence","processors":[{"type":"BertProcessing","cls":["a",97],"sep":["a",97]},{"type":"BertProcessing","cls":["a",97],"sep":["a",97]}]}""", "post_processor", "post_processor.processors[1]: a second processor")]
    [InlineData("""{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A"}},{"Sequence":{"id":"B"}}]}""", "post_processor", "the sequence 'B' in a template for one text is not supported")]
    [InlineData("""{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}},{"Sequence":{"id":"A"}}],"special_tokens":{}}""", "post_processor", "'x' is not among special_tokens")]
    [InlineData("""{"type":"WordPiece"}""", "decoder", "decoder: 'prefix' is missing")]
    [InlineData("""{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Fusion"}]}""", "decoder", "decoder.decoders[1]: the decoder 'Fusion' is not supported; supported: null, ByteLevel")]
    [InlineData("""{"type":"BPEDecoder","suffix":""}""", "decoder", "decoder.suffix: this must not be empty")]
    [InlineData("""[{"id":1,"content":"zz"}]""", "added_tokens", "have the same id 1")]
    [InlineData("""[{"id":300,"content":"a"}]""", "added_tokens", "the token 'a' has the id 300 here and 97 elsewhere")]
    [InlineData("""[{"id":-1,"content":"zz"}]""", "added_tokens", "0 to 4194303, not -1")]
    [InlineData("""[{"id":1.5,"content":"zz"}]""", "added_tokens", "not 1.5")]
    public void Load_Member_IsRefusedByName(string value, string member, string expected) =>
        Assert.Contains(expected, Message(() => TinyTokenizer.Json().With(member, JsonNode.Parse(value)).Load()), StringComparison.Ordinal);

    [Theory]
    [InlineData("dropout", "0.1", "model.dropout: dropout, which makes tokens random, is not supported")]
    [InlineData("byte_fallback", "1", "model.byte_fallback: true or false is expected, not 1")]
    [InlineData("merges", "[\"a zz\"]", "merge 0 needs the token 'zz'")]
    [InlineData("merges", "[\"a b\"]", "merge 0 needs the token 'ab'")]
    [InlineData("merges", "[\"abc\"]", "merge 0 is neither")]
    [InlineData("merges", "[[\"a\"]]", "merge 0 is neither")]
    [InlineData("vocab", "{\"a\":1,\"b\":1}", "the tokens 'a' and 'b' have the same id 1")]
    [InlineData("vocab", "{\"a\":4194304}", "0 to 4194303, not 4194304")]
    [InlineData("vocab", "[]", "an object is expected, not []")]
    public void Load_ModelMember_IsRefusedByName(string member, string value, string expected) =>
        Assert.Contains(expected, Message(() => TinyTokenizer.Json().WithModel(member, JsonNode.Parse(value)).Load()), StringComparison.Ordinal);

    [Theory]
    [InlineData("false", true)]
    [InlineData("true", false)]
    public void Load_UnknownTokenMissing_IsRefusedWhereItCanBeNeeded(string byteFallback, bool loads)
    {
        JsonObject json = TinyTokenizer.Json().WithModel("unk_token", "zz").WithModel("byte_fallback", JsonNode.Parse(byteFallback));
        if (loads)
        {
            Assert.NotNull(json.Load());
        }
        else
        {
            Assert.Contains("model.unk_token: the token 'zz' is not in the vocabulary", Message(() => json.Load()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_AddedTokenThatNormalizesToNothing_IsRefused()
    {
        JsonObject json = TinyTokenizer.Json().WithAdded("\n", "normalized")
            .With("normalizer", JsonNode.Parse("""{"type":"Strip","strip_left":true,"strip_right":true}"""));
        Assert.Contains("added_tokens[0]: the token '\n', of which the normalizer leaves nothing", Message(() => json.Load()), StringComparison.Ordinal);
    }

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
