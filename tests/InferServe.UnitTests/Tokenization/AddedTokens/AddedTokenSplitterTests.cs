using InferServe.Tokenization.AddedTokens;

namespace InferServe.UnitTests.Tokenization.AddedTokens;

public class AddedTokenSplitterTests
{
    [Theory]
    [InlineData("a<x>b", "a|[<x>]|b")]
    [InlineData("<x><x>", "[<x>]|[<x>]")]
    [InlineData("<x", "<x")]
    [InlineData("<xy>", "[<xy>]")]
    [InlineData("<x<x>", "<x|[<x>]")]
    [InlineData("", "")]
    public void Split_Tokens_TakesTheLeftmostLongest(string text, string expected) =>
        Assert.Equal(expected, Split(text, Token("<x>"), Token("<xy>"), Token("<xy")));

    [Theory]
    [InlineData(false, false, "a \n|[<x>]| \tb")]
    [InlineData(true, false, "a|[ \n<x>]| \tb")]
    [InlineData(false, true, "a \n|[<x> \t]|b")]
    [InlineData(true, true, "a|[ \n<x> \t]|b")]
    public void Split_Strip_TakesWhiteSpace(bool left, bool right, string expected) =>
        Assert.Equal(expected, Split("a \n<x> \tb", Token("<x>") with { LStrip = left, RStrip = right }));

    [Fact]
    public void Split_StripOnBothSides_GivesWhiteSpaceToTheFirst() =>
        Assert.Equal("[<x>  ]|[<x>]", Split("<x>  <x>", Token("<x>") with { LStrip = true, RStrip = true }));

    [Theory]
    [InlineData("word", "[word]")]
    [InlineData("a word.", "a |[word]|.")]
    [InlineData("words", "words")]
    [InlineData("sword", "sword")]
    [InlineData("word\u0301", "word\u0301")]
    [InlineData("word_", "word_")]
    [InlineData("𐐀word", "𐐀word")]
    [InlineData("wordⓐ", "wordⓐ")]
    [InlineData("word😀", "[word]|😀")]
    public void Split_SingleWord_IsFoundBetweenOtherCharactersOnly(string text, string expected) =>
        Assert.Equal(expected, Split(text, Token("word") with { SingleWord = true }));

    [Fact]
    public void Split_SpecialTokensNotParsed_PassesOverThem()
    {
        var splitter = new AddedTokenSplitter([("<x>", Token("<x>") with { Special = true }), ("x>", Token("x>"))]);
        Assert.Equal([new TextSegment(0, 3, null), new TextSegment(3, 2, 0)], splitter.Split("<x>x>", parseSpecialTokens: false));
    }

    private static AddedToken Token(string content) => new() { Id = 0, Content = content, Pattern = content };

    private static string Split(string text, params AddedToken[] tokens) => string.Join('|', new AddedTokenSplitter(
        [.. tokens.Select(static token => (token.Content, token))]).Split(text, parseSpecialTokens: true).Select(segment =>
        {
            string part = text.Substring(segment.Start, segment.Length);
            return segment.TokenId is null ? part : $"[{part}]";
        }));
}
