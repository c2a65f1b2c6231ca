using InferServe.Contracts.Chat;
using InferServe.Worker.Requests;
using Microsoft.AspNetCore.Http;

namespace InferServe.UnitTests.Worker.Requests;

public sealed class IgnoredFieldsTests
{
    [Fact]
    public void Announce_Names_AreInOneHeaderMadeHarmless()
    {
        var context = new DefaultHttpContext();

        IgnoredFields.Announce(context.Response, ["foo", "messages[].x", "a\r\nb\u00e9"]);

        Assert.Equal("foo, messages[].x, a??b?", context.Response.Headers[IgnoredFields.Header]);
    }

    [Fact]
    public void Announce_Nothing_SetsNoHeader()
    {
        var context = new DefaultHttpContext();

        IgnoredFields.Announce(context.Response, []);

        Assert.False(context.Response.Headers.ContainsKey(IgnoredFields.Header));
    }

    [Fact]
    public void WithoutEffect_ValuesThatAskForSomething_AreNamed()
    {
        Assert.Equal(
            ["store", "service_tier", "reasoning_effort"],
            IgnoredFields.WithoutEffect(new ChatCompletionRequest { Store = true, ServiceTier = "flex", ReasoningEffort = "low" }, knowsReasoningEffort: false));
        Assert.Empty(IgnoredFields.WithoutEffect(new ChatCompletionRequest { Store = false, ServiceTier = "auto" }, knowsReasoningEffort: false));
        Assert.Empty(IgnoredFields.WithoutEffect(new ChatCompletionRequest { ReasoningEffort = "low" }, knowsReasoningEffort: true));
    }
}
