using System.Text;
using InferServe.Tokenization.Patterns;
using InferServe.Tokenization.PreTokenization;

namespace InferServe.UnitTests.Tokenization.PreTokenization;

public class SplitPreTokenizerTests
{
    [Theory]
    [InlineData("Removed", false, "the|final|countdown")]
    [InlineData("Isolated", false, "the|-|final|-|-|countdown")]
    [InlineData("MergedWithPrevious", false, "the-|final-|-|countdown")]
    [InlineData("MergedWithNext", false, "the|-final|-|-countdown")]
    [InlineData("Contiguous", false, "the|-|final|--|countdown")]
    [InlineData("Removed", true, "-|-|-")]
    [InlineData("Isolated", true, "the|-|final|-|-|countdown")]
    [InlineData("MergedWithPrevious", true, "the|-final|-|-countdown")]
    [InlineData("MergedWithNext", true, "the-|final-|-|countdown")]
    [InlineData("Contiguous", true, "the|-|final|--|countdown")]
    public void Split_Behavior_TreatsMatches(string behavior, bool invert, string expected)
    {
        SplitBehavior parsed = Enum.Parse<SplitBehavior>(behavior);
        Assert.Equal(expected, PieceList.Of("the-final--countdown", new SplitPreTokenizer(new LiteralPattern("-"), parsed, invert)));
        Assert.Equal(expected, PieceList.Of("the-final--countdown", new SplitPreTokenizer(RegexPattern.Create("-"), parsed, invert)));
    }

    [Fact]
    public void Split_Sequence_CutsThePiecesAgain() => Assert.Equal("a|b|1|2|c", PieceList.Of("a b12c", new SequencePreTokenizer(
        new SplitPreTokenizer(new LiteralPattern(" "), SplitBehavior.Removed, invert: false), new CharacterPreTokenizer(Rune.IsNumber, SplitBehavior.Isolated))));

    [Theory]
    [InlineData(true, "a|1|2|½|b|𝟘|𝟙")]
    [InlineData(false, "a|12½|b|𝟘𝟙")]
    public void Split_Digits_PartsNumbers(bool individual, string expected) =>
        Assert.Equal(expected, PieceList.Of("a12½b𝟘𝟙", new CharacterPreTokenizer(Rune.IsNumber, individual ? SplitBehavior.Isolated : SplitBehavior.Contiguous)));

    [Theory]
    [InlineData("Hello world's  end!\n\n12", "Hello| world|'s| | end|!|\n|\n|12")]
    [InlineData("a'S b", "a|'|S| b")]
    public void Split_ByteLevel_CutsAsGpt2(string text, string expected) =>
        Assert.Equal(expected, PieceList.Of(text, new ByteLevelPreTokenizer(addPrefixSpace: false, useRegex: true, writesBytes: false)));

    [Theory]
    [InlineData("a", " a")]
    [InlineData(" a", " a")]
    [InlineData("\ta", " \ta")]
    public void Split_PrefixSpace_IsAddedWhereMissing(string text, string expected) =>
        Assert.Equal(expected, PieceList.Of(text, new ByteLevelPreTokenizer(addPrefixSpace: true, useRegex: false, writesBytes: false)));
}
