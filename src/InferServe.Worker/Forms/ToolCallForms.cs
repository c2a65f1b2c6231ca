using InferServe.Contracts.Chat;
using InferServe.Grammar;
using InferServe.Worker.Answers;
using InferServe.Worker.Tools;

namespace InferServe.Worker.Forms;

/// <summary>What calls of a request's tools look like in the model's own form.</summary>
internal sealed class ToolCallForms(ChatCompletionRequest request, AnswerForms forms, AnswerFormats formats)
{
    public const string Param = "tools";

    /// <summary>Any arguments, for functions that do not describe theirs.</summary>
    private const string AnyObject = """{"type":"object"}""";

    /// <summary>Whether a function demands arguments that fit its schema.</summary>
    public bool AnyStrict => request.Tools!.Any(tool => tool.Function!.Strict is true);

    private string? Demand => request.ToolChoice?.Named?.Function?.Name;

    private bool Several => Demand is null && request.ParallelToolCalls is not false;

    /// <summary>One call, or several when the request allows them, of the functions that the request's choice leaves.</summary>
    public AnswerForm Demanded() => new(Param, formats.Tools.Calls(Functions(Demand), Several, formats.Marks));

    /// <summary>Free text in which what begins like a call is one; null when <see cref="FreeOrCalls"/> says it.</summary>
    public TriggeredGrammar? Triggered() => formats.Tools.Triggered(Functions(name: null), formats.Marks);

    /// <summary>An answer that is calls if it begins like one.</summary>
    public AnswerForm FreeOrCalls() => new(Param, formats.Tools.FreeOrCalls(Functions(name: null), Several, formats.Marks));

    private ToolGrammar[] Functions(string? name) =>
    [
        .. from tool in request.Tools!
           where name is null || tool.Function!.Name == name
           let function = new ToolFunction(tool.Function!.Name!, tool.Function.Parameters, tool.Function.Strict is true)
           select new ToolGrammar(function, Schema(function)),
    ];

    /// <summary>A schema that cannot be followed matters only to a function that is strict.</summary>
    private string Schema(ToolFunction function) =>
        function.Parameters?.GetRawText() is { } schema && (function.Strict || forms.CanFollow(schema)) ? schema : AnyObject;
}
