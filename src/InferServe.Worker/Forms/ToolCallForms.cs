using InferServe.Contracts.Chat;
using InferServe.Contracts.Tools;
using InferServe.Grammar;

namespace InferServe.Worker.Forms;

/// <summary>What calls of a request's tools look like, in the Hermes form.</summary>
internal sealed class ToolCallForms(ChatCompletionRequest request, AnswerForms forms)
{
    public const string Param = "tools";

    /// <summary>Any arguments, for functions that do not describe theirs.</summary>
    private const string AnyObject = """{"type":"object"}""";

    /// <summary>Whether a function demands arguments that fit its schema.</summary>
    public bool AnyStrict => request.Tools!.Any(tool => tool.Function!.Strict is true);

    /// <summary>One call, or several when the request allows them, of the functions that the request's choice leaves.</summary>
    public AnswerForm Demanded()
    {
        var name = request.ToolChoice?.Named?.Function?.Name;
        var several = name is null && request.ParallelToolCalls is not false;
        return new AnswerForm(Param, ToolCallGrammar.Create(ToolCallFormat.Hermes, Functions(name), several));
    }

    /// <summary>Free text in which what begins like a call is one.</summary>
    public TriggeredGrammar Triggered() => new()
    {
        Triggers =
            [TriggeredGrammar.Trigger.OnText(ToolCallFormat.Hermes.Prefix, ToolCallGrammar.AfterPrefix(ToolCallFormat.Hermes, Functions(name: null)))],
    };

    private (string Name, string Parameters)[] Functions(string? name) =>
    [
        .. from tool in request.Tools!
           where name is null || tool.Function!.Name == name
           select (tool.Function!.Name!, Schema(tool.Function)),
    ];

    /// <summary>A schema that cannot be followed matters only to a function that is strict.</summary>
    private string Schema(FunctionDefinition function) =>
        function.Parameters?.GetRawText() is { } schema && (function.Strict is true || forms.CanFollow(schema)) ? schema : AnyObject;
}
