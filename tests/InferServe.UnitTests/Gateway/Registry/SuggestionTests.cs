using InferServe.Gateway.Registry;

namespace InferServe.UnitTests.Gateway.Registry;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("flaw", "lawn", 2)]
    public void Distance_TwoWords_CountsEdits(string from, string to, int distance)
    {
        Assert.Equal(distance, Suggestion.Distance(from, to));
        Assert.Equal(distance, Suggestion.Distance(to, from));
    }

    [Theory]
    [InlineData("Replicas", "replicas")]
    [InlineData("max_sequences", "maxSequences")]
    [InlineData("quite-different", null)]
    [InlineData("", null)]
    public void For_Word_FindsTheNearestOrNothing(string word, string? expected)
        => Assert.Equal(expected, Suggestion.For(word, ModelsFileFormat.ModelProperties));
}
