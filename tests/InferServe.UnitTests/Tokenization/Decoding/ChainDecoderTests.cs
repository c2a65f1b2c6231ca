using System.Text;
using InferServe.Tokenization.Decoding.Steps;
using InferServe.Tokenization.Patterns;

namespace InferServe.UnitTests.Tokenization.Decoding;

/// <summary>Steps that pass text on before its token has ended do the same to a token in parts as to the whole.</summary>
public class ChainDecoderTests
{
    private static readonly string[] Parts = ["a", "aa", "ab", "b", "aba", " ", "", "x"];

    [Theory]
    [InlineData("a", "b")]
    [InlineData("aa", "")]
    [InlineData("aba", "aa")]
    [InlineData("ab ", "-")]
    public void Replace_TokenInParts_ReplacesAsInTheWhole(string literal, string content) => AssertParts(
        new ReplacePart(new LiteralPattern(literal), content), text => text.Replace(literal, content, StringComparison.Ordinal));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public void Strip_TokenInParts_StripsAsTheWhole(int start, int stop) => AssertParts(new StripPart(new Rune('a'), start, stop), text =>
    {
        for (int count = 0; count < start && text.StartsWith('a'); count++)
        {
            text = text[1..];
        }

        for (int count = 0; count < stop && text.EndsWith('a'); count++)
        {
            text = text[..^1];
        }

        return text;
    });

    [Fact]
    public void Metaspace_TokenInParts_LeavesOutAllSpacesOfTheFirst() =>
        AssertParts(new MetaspacePart(new Rune('a'), strips: true), static text => text.Replace("a", null, StringComparison.Ordinal));

    [Fact]
    public void Replace_PartOfAMatch_IsHeldBackAndNoMore()
    {
        var collector = new TextCollector();
        DecodingStep step = new ReplacePart(new LiteralPattern("abc"), "-").Start(collector, continuesText: false);
        var pieces = new List<string>();
        foreach (string text in "xab|c|ab|ab".Split('|'))
        {
            step.Write(text);
            pieces.Add(collector.Take());
        }

        step.EndToken();
        Assert.Equal(["x", "-", "", "ab"], pieces);
        Assert.Equal("ab", collector.Take());
    }

    private static void AssertParts(IDecoderPart part, Func<string, string> expected)
    {
        var random = new Random(4);
        for (int round = 0; round < 2000; round++)
        {
            string[] texts = [.. Enumerable.Range(0, random.Next(8)).Select(_ => Parts[random.Next(Parts.Length)])];
            var collector = new TextCollector();
            DecodingStep step = part.Start(collector, continuesText: false);
            foreach (string text in texts)
            {
                step.Write(text);
            }

            step.EndToken();
            Assert.Equal(expected(string.Concat(texts)), collector.Take());
        }
    }
}
