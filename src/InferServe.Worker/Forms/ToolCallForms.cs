using InferServe.Contracts.Chat;
using InferServe.Contracts.Tools;
using InferServe.Grammar;

namespace InferServe.Worker.Forms;

/// <summary>What calls of a request's tools look like, in the Hermes form.</summary>
internal sealed class ToolCallForms(ChatCompletionRequest request, AnswerForms forms)
{
    public const string Param = "tools";

    private const string Begin = "<tool_call>";

    private const string End = "\n</tool_call>";

    /// <summary>Any arguments, for functions that do not describe theirs.</summary>
    private const string AnyObject = """{"type":"object"}""";

    /// <summary>Whether a function demands arguments that fit its schema.</summary>
    public bool AnyStrict => request.Tools!.Any(tool => tool.Function!.Strict is true);

    /// <summary>One call, or several when the request allows them, of the functions that the request's choice leaves.</summary>
    public AnswerForm Demanded()
    {
        var name = request.ToolChoice?.Named?.Function?.Name;
        GrammarExpression[] calls =
            [.. request.Tools!.Where(tool => name is null || tool.Function!.Name == name).Select(tool => Call(tool.Function!, Begin))];
        var one = GrammarExpression.Choice(calls);
        return new AnswerForm(Param, request.ParallelToolCalls is false || name is not null
            ? one
            : GrammarExpression.Sequence(one, GrammarExpression.Repeat(GrammarExpression.Sequence(GrammarExpression.Literal("\n"), one), 0, null)));
    }

    /// <summary>Free text in which what begins like a call is one.</summary>
    public TriggeredGrammar Triggered() => new()
    {
        Triggers =
        [
            TriggeredGrammar.Trigger.OnText(
                Begin, GrammarExpression.Choice([.. request.Tools!.Select(tool => Call(tool.Function!, begin: string.Empty))])),
        ],
    };

    private GrammarExpression Call(FunctionDefinition function, string begin) => GrammarExpression.Sequence(
        GrammarExpression.Literal($"{begin}\n{{\"name\": \"{function.Name}\", \"arguments\": "),
        GrammarExpression.Schema(Schema(function)),
        GrammarExpression.Literal($"}}{End}"));

    /// <summary>A schema that cannot be followed matters only to a function that is strict.</summary>
    private string Schema(FunctionDefinition function) =>
        function.Parameters?.GetRawText() is { } schema && (function.Strict is true || forms.CanFollow(schema)) ? schema : AnyObject;
}
