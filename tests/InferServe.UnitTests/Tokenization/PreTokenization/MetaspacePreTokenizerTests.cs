using System.Text;
using System.Text.Json.Nodes;
using InferServe.Tokenization;
using InferServe.Tokenization.PreTokenization;

namespace InferServe.UnitTests.Tokenization.PreTokenization;

public class MetaspacePreTokenizerTests
{
    [Theory]
    [InlineData("Always", 0, "a b", "▁a|▁b")]
    [InlineData("Always", 1, " a", "▁a")]
    [InlineData("Always", 1, "▁a", "▁a")]
    [InlineData("First", 1, "a  b", "▁a|▁|▁b")]
    [InlineData("First", 0, "a b", "a|▁b")]
    [InlineData("Never", 1, "a b", "a|▁b")]
    public void Split_Scheme_PutsOneBeforeTheText(string scheme, int atStart, string text, string expected) => Assert.Equal(
        expected, PieceList.Of(text, new MetaspacePreTokenizer(new Rune('▁'), Enum.Parse<PrependScheme>(scheme), split: true), atStart));

    [Fact]
    public void Split_NotAsked_GivesOnePiece() =>
        Assert.Equal("▁a▁b", PieceList.Of("a b", new MetaspacePreTokenizer(new Rune('▁'), PrependScheme.Always, split: false)));

    [Theory]
    [InlineData("always", "a<x>a", "▁a|<x>|▁a")]
    [InlineData("first", "a<x>a", "▁a|<x>|a")]
    [InlineData("first", "<x>a", "<x>|a")]
    [InlineData("first", " a", "▁a")]
    [InlineData("never", "a<x>a", "a|<x>|a")]
    public void Encode_SchemeAndAddedTokens_KnowsWhereTheTextBegins(string scheme, string text, string expected)
    {
        Tokenizer tokenizer = Tokenizer.Parse(new JsonObject
        {
            ["added_tokens"] = JsonNode.Parse("""[{"id":3,"content":"<x>","normalized":false}]"""),
            ["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = scheme },
            ["model"] = JsonNode.Parse("""{"type":"WordLevel","unk_token":"?","vocab":{"?":0,"a":1,"▁a":2}}"""),
        }.ToJsonString());
        Assert.Equal(expected, string.Join('|', tokenizer.Encode(text, addSpecialTokens: false).Select(tokenizer.IdToToken)));
    }
}
