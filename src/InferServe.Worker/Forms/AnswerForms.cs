using System.Text.Json;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;
using InferServe.Grammar;

namespace InferServe.Worker.Forms;

/// <summary>
/// Compiles the form that an answer must have: what <c>response_format</c> or <c>structured_outputs</c> demand, the calls that
/// <c>tool_choice</c> demands, and calls of strict functions. Thread-safe; one for each model.
/// </summary>
internal sealed class AnswerForms(GrammarCompiler compiler)
{
    /// <summary>The form of an answer to a chat, or null when it is free.</summary>
    /// <param name="request">A checked request.</param>
    /// <param name="withTools">Whether the model may call tools.</param>
    /// <exception cref="ApiException">400: the form cannot be followed; the error says where and why.</exception>
    public ITokenGrammar? Of(ChatCompletionRequest request, bool withTools)
    {
        var form = Form(request.ResponseFormat) ?? Form(request.StructuredOutputs);
        if (!withTools)
        {
            return form is null ? null : Compile(form);
        }

        var calls = new ToolCallForms(request, this);
        if (request.ToolChoice is { Named: not null } or { Mode: ToolChoice.Required })
        {
            return Compile(calls.Demanded());
        }

        return form is not null ? Compile(form with { Expression = GrammarExpression.Choice(calls.Demanded().Expression, form.Expression) })
            : calls.AnyStrict ? Guard(ToolCallForms.Param, () => compiler.CompileTriggered(calls.Triggered()))
            : null;
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
