using System.Text.Json.Nodes;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates;

/// <summary>
/// A model's chat template: the Jinja program that turns a conversation into the text of the prompt. It renders what
/// <c>apply_chat_template</c> of Hugging Face transformers renders, byte for byte (Jinja2's sandbox with trim_blocks, lstrip_blocks,
/// loop controls, the <c>generation</c> tag, and a <c>tojson</c> that is Python's <c>json.dumps</c>).
/// </summary>
/// <remarks>
/// Parsed once, rendered by any number of threads at once. A template reaches only the variables it is given, and both parsing and
/// rendering are bounded by <see cref="TemplateLimits"/>.
/// </remarks>
public sealed class ChatTemplate
{
    private readonly IReadOnlyList<Statement> _statements;
    private readonly TemplateLimits _limits;

    private ChatTemplate(string source, IReadOnlyList<Statement> statements, TemplateLimits limits)
    {
        Source = source;
        _statements = statements;
        _limits = limits;
    }

    /// <summary>The template's text.</summary>
    public string Source { get; }

    /// <exception cref="TemplateException">The template is not valid or beyond a limit; the exception tells the line.</exception>
    public static ChatTemplate Parse(string source, TemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        limits ??= TemplateLimits.Default;
        return new ChatTemplate(source, TemplateParser.Parse(source, limits), limits);
    }

    /// <summary>Renders a conversation.</summary>
    /// <param name="variables">
    /// What the template sees, by name: <c>messages</c>, <c>tools</c>, <c>documents</c>, <c>add_generation_prompt</c>,
    /// <c>bos_token</c>, <c>eos_token</c> and any further ones. The object is read only while this method runs.
    /// </param>
    /// <param name="clock">The time that <c>strftime_now</c> tells, in the clock's local zone; the system's if none is given.</param>
    /// <exception cref="TemplateRaisedException">The template refuses the conversation; the message is its own.</exception>
    /// <exception cref="TemplateLimitException">The rendering goes beyond a limit.</exception>
    /// <exception cref="TemplateException">The template cannot deal with these variables.</exception>
    public string Render(JsonObject variables, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var scope = new Scope(null);
        // Variables are the outermost scope: what a template sets hides them, and ends with the rendering.
        var outermost = new Scope(scope);
        var state = new RenderState(_limits, clock ?? TimeProvider.System) { Outermost = outermost };
        if (JsonValues.FromJson(state, variables) is DictValue values)
        {
            foreach ((JinjaValue name, JinjaValue value) in values.Items)
            {
                scope.Set(((StringValue)name).Text, value);
            }
        }

        StatementRunner.Run(state, outermost, _statements);
        return state.Output();
    }
}
