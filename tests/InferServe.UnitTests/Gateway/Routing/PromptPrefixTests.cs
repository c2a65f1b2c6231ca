using System.Text;
using InferServe.Gateway.Routing;

namespace InferServe.UnitTests.Gateway.Routing;

public sealed class PromptPrefixTests
{
    private static readonly string Long = new('x', 1_000);

    [Fact]
    public void Of_PromptsThatBeginAlike_ShareTheirFirstChunks()
    {
        var one = Of($$"""{"model":"m","messages":[{"content":"{{Long}}"},{"content":"a"}]}""");
        var other = Of($$"""{"stream":true,"messages":[{"content":"{{Long}}"},{"content":"b"}],"model":"m"}""");

        Assert.Equal(one.Count, other.Count);
        Assert.Equal(one.Take(3), other.Take(3));
        Assert.NotEqual(one[^1], other[^1]);
    }

    [Theory]
    [InlineData("\"tools\":[1],")]
    [InlineData("\"cache_salt\":\"s\",")]
    public void Of_OtherToolsOrSalt_SharesNothing(string member)
        => Assert.Empty(Of($$"""{"messages":["{{Long}}"]}""").Intersect(Of($$"""{ {{member}} "messages":["{{Long}}"]}""")));

    [Fact]
    public void Of_OtherScope_SharesNothing()
        => Assert.Empty(Of($$"""{"messages":["{{Long}}"]}""", "one").Intersect(Of($$"""{"messages":["{{Long}}"]}""", "other")));

    [Fact]
    public void Of_EndlessPrompt_IsLookedAtInPart()
        => Assert.Equal(PromptPrefix.MaxChunks, Of($$"""{"prompt":"{{new string('x', 1 << 20)}}"}""").Count);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"input":"x"}""")]
    public void Of_NoPrompt_IsEmpty(string body) => Assert.Empty(Of(body));

    private static IReadOnlyList<int> Of(string body, string scope = "") => PromptPrefix.Of(Encoding.UTF8.GetBytes(body), scope);
}
