using InferServe.Engine.Speculation;

namespace InferServe.UnitTests.Engine.Speculation;

public sealed class PromptLookupTests
{
    [Theory]
    [InlineData(new[] { 1, 2, 3, 4, 5, 1, 2, 3 }, 4, new[] { 4, 5, 1, 2 })]
    [InlineData(new[] { 1, 2, 3, 4, 5, 1, 2, 3 }, 1, new[] { 4 })]
    [InlineData(new[] { 9, 2, 3, 4, 1, 2, 3, 7, 2, 3 }, 2, new[] { 7, 2 })]
    [InlineData(new[] { 1, 2, 3, 4, 9, 2, 3, 5, 1, 2, 3 }, 2, new[] { 4, 9 })]
    [InlineData(new[] { 6, 6, 6, 6 }, 8, new[] { 6 })]
    [InlineData(new[] { 1, 2, 3, 4 }, 4, new int[0])]
    [InlineData(new[] { 1 }, 4, new int[0])]
    [InlineData(new[] { 1, 2, 1, 2 }, 0, new int[0])]
    public void Find_Tokens_GivesWhatFollowedTheLatestLongestMatch(int[] tokens, int most, int[] expected)
    {
        (int start, int length) = PromptLookup.Find(tokens, most);

        Assert.Equal(expected, tokens.AsSpan(start, length).ToArray());
    }
}
