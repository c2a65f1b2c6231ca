using System.Text.Json;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Errors;
using InferServe.Tokenization.ChatTemplates;
using InferServe.Worker.Prompting;

namespace InferServe.UnitTests.Worker.Prompting;

public sealed class ChatPromptTests
{
    private const string Template = """
        {%- for message in messages %}[{{ message.role }}]{{ message.content }}[end]{% endfor %}
        {%- if add_generation_prompt %}[assistant]{% endif %}
        """;

    private static readonly ChatMessage[] Begun =
        [new() { Role = "user", Content = "Count." }, new() { Role = "assistant", Content = "One, two, " }];

    [Fact]
    public void Render_GenerationPrompt_OnlyWhenWanted()
    {
        Assert.EndsWith("[assistant]", Render(Template, new() { Messages = Begun }), StringComparison.Ordinal);
        Assert.EndsWith("[end]", Render(Template, new() { Messages = Begun, AddGenerationPrompt = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ContinueFinalMessage_EndsWithItsText() => Assert.Equal(
        "[user]Count.[end][assistant]One, two,", Render(Template, new() { Messages = Begun, ContinueFinalMessage = true }));

    [Theory]
    [InlineData("end")]
    [InlineData("[")]
    [InlineData("assistant")]
    [InlineData("one\nend]")]
    public void Render_ContinueAMessageWithWordsOfTheTemplate_EndsWithTheMessage(string begun)
    {
        ChatMessage[] messages = [Begun[0], Begun[1] with { Content = begun }];

        Assert.Equal($"[user]Count.[end][assistant]{begun}", Render(Template, new() { Messages = messages, ContinueFinalMessage = true }));
    }

    [Fact]
    public void Render_ContinueAMessageThatTheTemplateHides_IsRefused()
    {
        var exception = Assert.Throws<ApiException>(
            () => Render("{{ messages[0].content }}", new() { Messages = Begun, ContinueFinalMessage = true }));

        Assert.Equal((400, "continue_final_message"), (exception.Error.Status, exception.Error.Param));
    }

    [Theory]
    [InlineData("{}", "plain")]
    [InlineData("""{"documents":[]}""", "plain")]
    [InlineData("""{"documents":[{"text":"x"}]}""", "with x")]
    public void Render_Documents_TakeTheirOwnTemplate(string variables, string expected)
    {
        var (plain, documents) = (ChatTemplate.Parse("plain"), ChatTemplate.Parse("with {{ documents[0].text }}"));
        var prompt = new ChatPrompt(plain, plain, bosToken: null, eosToken: null, TimeProvider.System) { DocumentTemplate = documents };

        Assert.Equal(expected, prompt.Render(new() { Messages = Begun, Variables = JsonElement.Parse(variables) }));
    }

    [Theory]
    [InlineData("{{ reasoning_effort }}", true)]
    [InlineData(Template, false)]
    public void KnowsReasoningEffort_Template_TellsByItsText(string template, bool expected) => Assert.Equal(expected, Create(template).KnowsReasoningEffort);

    [Fact]
    public void Render_ReasoningEffort_IsAVariable() =>
        Assert.Equal("low", Render("{{ reasoning_effort }}", new() { Messages = Begun, ReasoningEffort = "low" }));

    private static string Render(string template, ChatPromptInput input) => Create(template).Render(input);

    private static ChatPrompt Create(string template)
    {
        var parsed = ChatTemplate.Parse(template);
        return new ChatPrompt(parsed, parsed, bosToken: null, eosToken: null, TimeProvider.System);
    }
}
