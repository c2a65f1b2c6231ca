using InferServe.Contracts.Chat;
using InferServe.Contracts.Tools;
using InferServe.Tokenization.ChatTemplates;
using InferServe.Worker.Prompting;
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
            IgnoredFields.WithoutEffect(new ChatCompletionRequest { Store = true, ServiceTier = "flex", ReasoningEffort = "low" }, Prompt("{{ messages[0].content }}")));
        Assert.Empty(IgnoredFields.WithoutEffect(new ChatCompletionRequest { Store = false, ServiceTier = "auto" }, Prompt("{{ messages[0].content }}")));
        var withTools = new ChatCompletionRequest { Tools = [new ToolDefinition { Function = new FunctionDefinition { Name = "f" } }] };
        Assert.Equal(["tools"], IgnoredFields.WithoutEffect(withTools, Prompt("{{ messages[0].content }}")));
        Assert.Empty(IgnoredFields.WithoutEffect(withTools, Prompt("{{ tools }}")));
        Assert.Empty(IgnoredFields.WithoutEffect(new ChatCompletionRequest { ReasoningEffort = "low" }, Prompt("{{ reasoning_effort }}")));
    }

    private static ChatPrompt Prompt(string template)
    {
        var parsed = ChatTemplate.Parse(template);
        return new ChatPrompt(parsed, parsed, bosToken: null, eosToken: null, TimeProvider.System);
    }
}
