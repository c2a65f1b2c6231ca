using System.Text;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Json;
using InferServe.Contracts.Validation;
using InferServe.Grammar;
using InferServe.Worker.Answers;
using InferServe.Worker.Forms;
using InferServe.Worker.Reasoning;
using InferServe.Worker.Tools;

namespace InferServe.UnitTests.Worker.Forms;

public sealed class AnswerFormsTests
{
    private const int End = 256;

    private const string Tools = """
        "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"],"additionalProperties":false},"strict":true}},
                 {"type":"function","function":{"name":"g"}}]
        """;

    private const string CallF = "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"x\": 1}}\n</tool_call>";
    private const string CallG = "<tool_call>\n{\"name\": \"g\", \"arguments\": {\"any\": [true]}}\n</tool_call>";

    private static readonly AnswerForms Forms = new(new GrammarCompiler(Vocabulary.Create(
        [.. Enumerable.Range(0, 256).Select(value => (ReadOnlyMemory<byte>?)new[] { (byte)value }), null], [End])),
        new AnswerFormats(ToolFormats.Default, ReasoningFormats.None, ModelMarks.None));

    [Theory]
    [InlineData(""" "response_format":{"type":"json_object"} """, "{\"a\": [1]}", "[1]")]
    [InlineData(""" "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"boolean"}}} """, "true", "1")]
    [InlineData(""" "structured_outputs":{"json":"{\"type\":\"integer\"}"} """, "17", "true")]
    [InlineData(""" "structured_outputs":{"json_object":true} """, "{}", "1")]
    [InlineData(""" "structured_outputs":{"regex":"a+b"} """, "aab", "aa")]
    [InlineData(""" "structured_outputs":{"choice":["red","green"]} """, "green", "blue")]
    [InlineData(""" "structured_outputs":{"grammar":"root ::= \"x\" root?"} """, "xx", "xy")]
    public void Of_Form_IsFollowed(string fields, string good, string bad)
    {
        ITokenGrammar grammar = Of(fields, withTools: false)!;

        Assert.True(Accepts(grammar, good));
        Assert.False(Accepts(grammar, bad));
    }

    [Fact]
    public void Of_NothingDemanded_IsFree()
    {
        Assert.Null(Of(""" "response_format":{"type":"text"} """, withTools: false));
        Assert.Null(Of(""" "tools":[{"type":"function","function":{"name":"g"}}] """, withTools: true));
    }

    [Theory]
    [InlineData(CallF, true)]
    [InlineData(CallG, true)]
    [InlineData(CallF + "\n" + CallG, true)]
    [InlineData("Hello", false)]
    [InlineData("<tool_call>\n{\"name\": \"f\", \"arguments\": {\"x\": \"1\"}}\n</tool_call>", false)]
    [InlineData("<tool_call>\n{\"name\": \"h\", \"arguments\": {}}\n</tool_call>", false)]
    public void Of_RequiredTool_IsACallOfAnOfferedFunction(string text, bool accepted) =>
        Assert.Equal(accepted, Accepts(Of($"{Tools}, \"tool_choice\":\"required\"", withTools: true)!, text));

    [Theory]
    [InlineData("\"tool_choice\":\"required\",\"parallel_tool_calls\":false", CallF, true)]
    [InlineData("\"tool_choice\":\"required\",\"parallel_tool_calls\":false", CallF + "\n" + CallG, false)]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}", CallG, true)]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}", CallF, false)]
    public void Of_OneToolOnly_IsOneCall(string choice, string text, bool accepted) =>
        Assert.Equal(accepted, Accepts(Of($"{Tools}, {choice}", withTools: true)!, text));

    [Theory]
    [InlineData("Hello <b>you</b>!", true)]
    [InlineData("I call: " + CallF + " and done", true)]
    [InlineData("<tool_call>\n{\"name\": \"f\", \"arguments\": {\"y\": 1}}\n</tool_call>", false)]
    public void Of_StrictFunction_HoldsCallsToTheSchemaAndLeavesTextFree(string text, bool accepted) =>
        Assert.Equal(accepted, Accepts(Of(Tools, withTools: true)!, text));

    [Theory]
    [InlineData("{\"a\": 1}", true)]
    [InlineData(CallG, true)]
    [InlineData("Hello", false)]
    public void Of_FormBesideTools_IsEither(string text, bool accepted) =>
        Assert.Equal(accepted, Accepts(Of($"{Tools}, \"response_format\":{{\"type\":\"json_object\"}}", withTools: true)!, text));

    [Theory]
    [InlineData(""" "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"nonsense"}}} """, "response_format.json_schema.schema", "type")]
    [InlineData(""" "structured_outputs":{"json":"{"} """, "structured_outputs.json", "JSON")]
    [InlineData(""" "structured_outputs":{"regex":"(a"} """, "structured_outputs.regex", "")]
    [InlineData(""" "structured_outputs":{"grammar":"root ::= other"} """, "structured_outputs.grammar", "other")]
    public void Of_FormThatCannotBeFollowed_IsRefusedWithItsPlace(string fields, string param, string named)
    {
        var exception = Assert.Throws<ApiException>(() => Of(fields, withTools: false));

        Assert.Equal((400, param), (exception.Error.Status, exception.Error.Param));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SchemaThatCannotBeFollowed_MattersToStrictFunctionsOnly()
    {
        const string Tool = """ "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","minimum":"x"},"strict":STRICT}}],"tool_choice":"required" """;

        Assert.NotNull(Of(Tool.Replace("STRICT", "false", StringComparison.Ordinal), withTools: true));
        Assert.Throws<ApiException>(() => Of(Tool.Replace("STRICT", "true", StringComparison.Ordinal), withTools: true));
    }

    private static ITokenGrammar? Of(string fields, bool withTools)
    {
        string body = $$"""{"model":"m","messages":[{"role":"user","content":"Hello"}],{{fields}}}""";
        var limits = new RequestLimits();
        ChatCompletionRequest request = RequestParser.Parse(Encoding.UTF8.GetBytes(body), ContractsJsonContext.Default.ChatCompletionRequest, limits).Value;
        ChatCompletionRequestValidator.Validate(request, limits).ThrowIfAny();
        return Forms.Of(request, withTools, reasoningOpened: false);
    }

    /// <summary>Whether the text is allowed byte by byte, each of them by the mask too, and may end.</summary>
    private static bool Accepts(ITokenGrammar grammar, string text)
    {
        ITokenConstraint constraint = grammar.Start();
        ulong[] mask = new ulong[(End + 64) / 64];
        foreach (int token in Encoding.UTF8.GetBytes(text).Select(value => (int)value).Append(End))
        {
            constraint.FillMask(mask);
            bool allowed = ((mask[token / 64] >> (token % 64)) & 1) == 1;
            Assert.Equal(allowed, constraint.TryAccept(token));
            if (!allowed)
            {
                return false;
            }
        }

        return true;
    }
}
