using InferServe.Worker.Stopping;

namespace InferServe.UnitTests.Worker.Stopping;

public sealed class StopStringFilterTests
{
    [Theory]
    [InlineData("hello END world", "hello ", "END")]
    [InlineData("no stop here", "no stop here", "END")]
    [InlineData("EN EN E", "EN EN E", "END")]
    [InlineData("ENEND", "EN", "END")]
    [InlineData("aaab", "a", "aab")]
    [InlineData("abcdef", "a", "abcdef", "bc")]
    [InlineData("abc", "", "bc", "abc")]
    [InlineData("\n\nUser:", "\n", "\nUser:")]
    [InlineData("x", "x")]
    public void Append_AnyCutIntoPieces_EndsBeforeTheFirstCompleteStop(string text, string expected, params string[] stops)
    {
        foreach (var pieces in Cuts.Of(text))
        {
            var filter = new StopStringFilter(stops);
            var output = string.Concat(pieces.Select(filter.Append)) + filter.Flush();

            Assert.Equal(expected, output);
            Assert.Equal(expected != text, filter.Stopped);
        }
    }

    [Theory]
    [InlineData("aEND bEN", "D cEND", "aEND b", "END")] // One that begins before and is complete behind counts.
    [InlineData("aEND", " bEND", "aEND b", "END")]
    [InlineData("xab", "z", "xabz", "ab", "xaby")] // What is held back for one holds another that does not count.
    [InlineData("xab", "yz", "", "ab", "xaby")]
    public void Pass_ThenAppend_CountsOnlyWhatIsCompleteBehind(string passed, string appended, string expected, params string[] stops)
    {
        foreach (var pieces in Cuts.Of(passed))
        {
            var filter = new StopStringFilter(stops);

            Assert.Equal(expected, string.Concat(pieces.Select(filter.Pass)) + filter.Append(appended) + filter.Flush());
        }
    }

    [Theory]
    [InlineData("hello END world", "hello END", "END")]
    [InlineData("abcdef", "abc", "abcdef", "bc")]
    [InlineData("EN EN", "EN EN", "END")]
    public void Append_StopIncluded_EndsBehindIt(string text, string expected, params string[] stops)
    {
        foreach (var pieces in Cuts.Of(text))
        {
            var filter = new StopStringFilter(stops, include: true);

            Assert.Equal(expected, string.Concat(pieces.Select(filter.Append)) + filter.Flush());
        }
    }

    [Fact]
    public void Append_PossibleBeginningOfAStop_IsHeldBackUntilItIsNone()
    {
        var filter = new StopStringFilter(["END"]);

        Assert.Equal("a", filter.Append("aE"));
        Assert.Equal(string.Empty, filter.Append("N"));
        Assert.Equal("ENx", filter.Append("x"));
        Assert.Equal(string.Empty, filter.Flush());
    }

    [Fact]
    public void Append_AfterTheStop_IsDropped()
    {
        var filter = new StopStringFilter(["."]);

        Assert.Equal("a", filter.Append("a.b"));
        Assert.Equal(string.Empty, filter.Append("c"));
        Assert.Equal(string.Empty, filter.Flush());
    }
}
