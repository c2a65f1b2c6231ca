using System.Text.Json;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;
using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Forms;

/// <summary>
/// Compiles the form that an answer must have: what <c>response_format</c> or <c>structured_outputs</c> demand, the calls that
/// <c>tool_choice</c> demands, and calls of strict functions. Thread-safe; one for each model.
/// </summary>
internal sealed class AnswerForms(GrammarCompiler compiler, AnswerFormats formats)
{
    /// <summary>The form of an answer to a chat, or null when it is free.</summary>
    /// <param name="request">A checked request.</param>
    /// <param name="withTools">Whether the model may call tools.</param>
    /// <param name="reasoningOpened">Whether the prompt has begun the reasoning, which ends before the form begins.</param>
    /// <exception cref="ApiException">400: the form cannot be followed; the error says where and why.</exception>
    public ITokenGrammar? Of(ChatCompletionRequest request, bool withTools, bool reasoningOpened)
    {
        var form = Form(request.ResponseFormat) ?? Form(request.StructuredOutputs);
        var answer = form is null ? null : Around(form, isCalls: false, reasoningOpened);
        if (!withTools)
        {
            return answer is null ? null : Compile(answer);
        }

        var calls = new ToolCallForms(request, this, formats);
        if (request.ToolChoice is { Named: not null } or { Mode: ToolChoice.Required })
        {
            return Compile(Demanded(calls, reasoningOpened));
        }

        if (answer is not null)
        {
            return Compile(answer with { Expression = GrammarExpression.Choice(Demanded(calls, reasoningOpened).Expression, answer.Expression) });
        }

        if (!calls.AnyStrict)
        {
            return null;
        }

        return calls.Triggered() is { } triggered
            ? Guard(ToolCallForms.Param, () => compiler.CompileTriggered(triggered))
            : Compile(Around(calls.FreeOrCalls(), isCalls: true, reasoningOpened));
    }

    /// <summary>The form of a continued text, or null when it is free.</summary>
    /// <exception cref="ApiException">400: the form cannot be followed; the error says where and why.</exception>
    public ITokenGrammar? Of(StructuredOutputs? outputs) => Form(outputs) is { } form ? Compile(form) : null;

    /// <summary>Whether a schema can be followed.</summary>
    public bool CanFollow(string schema)
    {
        try
        {
            compiler.Compile(GrammarExpression.Schema(schema));
            return true;
        }
        catch (GrammarException)
        {
            return false;
        }
    }

    private AnswerForm Demanded(ToolCallForms calls, bool reasoningOpened) => Around(calls.Demanded(), isCalls: true, reasoningOpened);

    private AnswerForm Around(AnswerForm form, bool isCalls, bool reasoningOpened) =>
        form with { Expression = formats.Reasoning.Around(form.Expression, isCalls, reasoningOpened, formats.Marks) };

    private ITokenGrammar Compile(AnswerForm form) => Guard(form.Param, () => compiler.Compile(form.Expression));

    private static ITokenGrammar Guard(string param, Func<ITokenGrammar> compile)
    {
        try
        {
            return compile();
        }
        catch (GrammarException exception)
        {
            throw new ApiException(ApiErrors.InvalidValue($"'{param}' cannot be followed: {exception.Message}", param), exception);
        }
    }

    private static AnswerForm? Form(ResponseFormat? format) => format?.Type switch
    {
        ResponseFormat.JsonObject => new AnswerForm("response_format", GrammarExpression.JsonObject()),
        ResponseFormat.Schema => new AnswerForm(
            "response_format.json_schema.schema", GrammarExpression.Schema(Text(format.JsonSchema!.Schema!.Value))),
        _ => null,
    };

    private static AnswerForm? Form(StructuredOutputs? outputs) => outputs switch
    {
        { Json: { } schema } => new AnswerForm("structured_outputs.json", GrammarExpression.Schema(Text(schema))),
        { JsonObject: true } => new AnswerForm("structured_outputs.json_object", GrammarExpression.JsonObject()),
        { Regex: { } pattern } => new AnswerForm("structured_outputs.regex", GrammarExpression.Regex(pattern)),
        { Choice: { } choices } => new AnswerForm("structured_outputs.choice", GrammarExpression.OneOf(choices)),
        { Grammar: { } grammar } => new AnswerForm("structured_outputs.grammar", GrammarExpression.Notation(grammar)),
        _ => null,
    };

    /// <summary>A schema may come as an object or as a text that holds one.</summary>
    private static string Text(JsonElement schema) => schema.ValueKind == JsonValueKind.String ? schema.GetString()! : schema.GetRawText();
}
