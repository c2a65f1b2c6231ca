using System.Text;
using InferServe.Tokenization;

namespace InferServe.UnitTests.Tokenization;

/// <summary>A tokenizer as Llama 2 has it: spaces as ▁, characters without a token as their bytes, the first space left out.</summary>
public class SentencePieceTests
{
    private static readonly string[] Parts = ["hi", " ", "é", "漢", "👍", "\n", "x"];
    private readonly Tokenizer _tokenizer = SentencePieceTokenizer.Create();

    [Theory]
    [InlineData("", "")]
    [InlineData("hi", "▁hi")]
    [InlineData("hi  hi", "▁hi|▁|▁hi")]
    [InlineData(" hi", "▁|▁hi")]
    [InlineData("é", "▁|<0xC3>|<0xA9>")]
    [InlineData("<s>hi", "<s>|▁hi")]
    public void Encode_Text_GivesTokens(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', _tokenizer.Encode(text, addSpecialTokens: false).Select(_tokenizer.IdToToken)));

    [Theory]
    [InlineData("▁hi", "hi", " hi")]
    [InlineData("▁ ▁hi", " hi", "  hi")]
    [InlineData("<s> ▁hi", "<s> hi", "<s> hi")]
    [InlineData("▁hi <0xC3> <0xA9> ▁hi", "hié hi", " hié hi")]
    [InlineData("<0xC3> ▁hi", "\uFFFD hi", "\uFFFD hi")]
    [InlineData("<0xC3> <0xA9> <0xC3>", "\uFFFD\uFFFD\uFFFD", "\uFFFD\uFFFD\uFFFD")]
    public void Append_Tokens_GivesTextAtTheStartAndWithin(string tokens, string atStart, string within)
    {
        int[] ids = [.. tokens.Split(' ').Select(token => _tokenizer.TokenToId(token)!.Value)];
        Assert.Equal(atStart, _tokenizer.Decode(ids, skipSpecialTokens: false));
        Assert.Equal(atStart, Joined(ids, continuesText: false));
        Assert.Equal(within, Joined(ids, continuesText: true));
    }

    [Fact]
    public void Append_BytesOfACharacter_AreHeldUntilTheNextToken()
    {
        IncrementalDetokenizer detokenizer = _tokenizer.CreateDetokenizer(skipSpecialTokens: false);
        string[] pieces = [.. new[] { SentencePieceTokenizer.FirstByte + 0xC3, SentencePieceTokenizer.FirstByte + 0xA9, _tokenizer.TokenToId("▁hi")!.Value }.Select(detokenizer.Append), detokenizer.Flush()];
        Assert.Equal(["", "", "é hi", ""], pieces);
    }

    [Fact]
    public void TokenBytes_Token_IsWhatItAddsWithinAText()
    {
        Assert.Equal(" hi"u8, Bytes("▁hi"));
        Assert.Equal("  "u8, Bytes("▁▁"));
        Assert.Equal([0xC3], Bytes("<0xC3>").ToArray());
        Assert.Equal("\n"u8, Bytes("<0x0A>"));
        Assert.Equal("<s>"u8, Bytes("<s>"));
    }

    [Fact]
    public void TokenBytes_RandomText_JoinToTheContinuedText()
    {
        var random = new Random(9);
        for (int round = 0; round < 500; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Parts[random.Next(Parts.Length)]));
            int[] ids = _tokenizer.Encode(text, addSpecialTokens: false);
            Assert.Equal(" " + text, Joined(ids, continuesText: true));
            Assert.Equal(" " + text, Encoding.UTF8.GetString([.. ids.SelectMany(id => _tokenizer.TokenBytes(id).ToArray())]));
            Assert.Equal(text, _tokenizer.Decode(ids, skipSpecialTokens: false));
        }
    }

    [Theory]
    [InlineData("""["a ▁"]""", "?", "a▁a▁▁a", "a▁|a▁|▁|a")]
    [InlineData("""["▁ ▁","▁ a"]""", "?", "▁▁a▁a", "▁▁|a|▁a")]
    [InlineData("""["▁ ▁"]""", "?", "▁x▁", "▁|?|▁")]
    [InlineData("""["▁ ▁"]""", null, "▁x▁", "▁▁")]
    [InlineData("""["▁ ▁"]""", "▁", "x▁", "▁▁")]
    public void Encode_MergesAcrossWords_AreApplied(string merges, string? unknown, string text, string expected)
    {
        Tokenizer tokenizer = Tokenizer.Parse($$"""
            {"model":{"type":"BPE","unk_token":{{(unknown is null ? "null" : $"\"{unknown}\"")}},"vocab":{"?":0,"▁":1,"a":2,"a▁":3,"▁▁":4,"▁a":5},"merges":{{merges}} } }
            """);
        Assert.Equal(expected, string.Join('|', tokenizer.Encode(text, addSpecialTokens: false).Select(tokenizer.IdToToken)));
    }

    private ReadOnlySpan<byte> Bytes(string token) => _tokenizer.TokenBytes(_tokenizer.TokenToId(token)!.Value).Span;

    private string Joined(int[] ids, bool continuesText)
    {
        IncrementalDetokenizer detokenizer = _tokenizer.CreateDetokenizer(skipSpecialTokens: false, continuesText);
        return string.Concat(ids.Select(detokenizer.Append)) + detokenizer.Flush();
    }
}
