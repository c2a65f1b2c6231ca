using System.Text;
using System.Text.Json.Nodes;
using InferServe.Contracts.Json;
using InferServe.Contracts.Validation;
using InferServe.Worker.Prompting;

namespace InferServe.UnitTests.Worker.Prompting;

public sealed class ChatContextTests
{
    [Fact]
    public void Create_Messages_HaveTheFormThatTemplatesExpect()
    {
        var context = Create("""
            {"messages":[{"role":"developer","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
                         {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"x\":[1]}"}}]},
                         {"role":"tool","tool_call_id":"c","name":"f","content":"7"}]}
            """);

        Assert.Equal(
            """[{"role":"system","content":"a\nb"},{"role":"assistant","content":"","tool_calls":[{"type":"function","function":{"name":"f","arguments":{"x":[1]}},"id":"c"}]},{"role":"tool","content":"7","name":"f","tool_call_id":"c"}]""",
            context["messages"]!.ToJsonString());
        Assert.True((bool)context["add_generation_prompt"]!);
        Assert.Equal(("<s>", "</s>"), ((string?)context["bos_token"], (string?)context["eos_token"]));
        Assert.True(context.ContainsKey("tools") && context["tools"] is null && context.ContainsKey("documents") && context["documents"] is null);
    }

    [Fact]
    public void Create_OtherForms_AreThoseThatTheTemplateTakes()
    {
        var abilities = new TemplateAbilities { NoContentBesideCalls = true, ContentAsParts = true, ArgumentsAsText = true, NineCharacterIds = true, ToolsInSystemMessage = true };
        var context = Create("""
            {"messages":[{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"x\":[1]}"}}]},
                         {"role":"tool","tool_call_id":"call_1","content":"7"},{"role":"tool","tool_call_id":"abcdefghi","content":"8"}],
             "tools":[{"type":"function","function":{"name":"f","description":"é"}}]}
            """, withTools: true, abilities);

        var messages = context["messages"]!.AsArray();
        Assert.Equal(("system", """[{"name":"f","description":"é"}]"""), ((string?)messages[0]!["role"], (string?)messages[0]!["tools"]));
        Assert.Equal("""[{"type":"text","text":"7"}]""", messages[2]!["content"]!.ToJsonString());
        Assert.Equal("""{"x":[1]}""", (string?)messages[1]!["tool_calls"]![0]!["function"]!["arguments"]);
        Assert.True(messages[1]!.AsObject().ContainsKey("content") && messages[1]!["content"] is null);
        Assert.Matches("^[0-9A-Za-z]{9}$", (string?)messages[2]!["tool_call_id"]);
        Assert.Equal((string?)messages[1]!["tool_calls"]![0]!["id"], (string?)messages[2]!["tool_call_id"]);
        Assert.Equal("abcdefghi", (string?)messages[3]!["tool_call_id"]);
    }

    [Fact]
    public void Create_Tools_KeepTheirOrderOfMembers()
    {
        var context = Create("""
            {"messages":[],"tools":[{"type":"function","function":{"parameters":{"b":1,"a":2},"description":"d","name":"f"}}]}
            """, withTools: true);

        Assert.Equal(
            """[{"type":"function","function":{"name":"f","description":"d","parameters":{"b":1,"a":2}}}]""", context["tools"]!.ToJsonString());
    }

    [Fact]
    public void Create_CallersVariables_CannotReplaceTheServers()
    {
        var context = Create("""{"messages":[],"chat_template_kwargs":{"think":true,"messages":[1],"tools":[2],"add_generation_prompt":false}}""");

        Assert.True((bool)context["think"]!);
        Assert.Equal("[]", context["messages"]!.ToJsonString());
        Assert.True((bool)context["add_generation_prompt"]!);
        Assert.Null(context["tools"]);
    }

    private static JsonObject Create(string body, bool withTools = false, TemplateAbilities? abilities = null)
    {
        var request = RequestParser.Parse(Encoding.UTF8.GetBytes(body), ContractsJsonContext.Default.ChatCompletionRequest, new RequestLimits()).Value;
        return ChatContext.Create(
            new ChatPromptInput { Messages = request.Messages!, Tools = withTools ? request.Tools! : [], Variables = request.ChatTemplateKwargs },
            bosToken: "<s>",
            eosToken: "</s>",
            defaults: null,
            abilities);
    }
}
