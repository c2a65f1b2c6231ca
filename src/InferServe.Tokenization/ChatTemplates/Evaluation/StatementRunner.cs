using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>Runs statements; their text goes to the state's output.</summary>
internal static class StatementRunner
{
    /// <summary>The name under which a block's text is passed to the filters of that block; no template can write it.</summary>
    internal const string BodyName = "(body)";

    public static Completion Run(RenderState state, Scope scope, IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Completion completion = Run(state, scope, statement);
            if (completion != Completion.Normal)
            {
                return completion;
            }
        }

        return Completion.Normal;
    }

    private static Completion Run(RenderState state, Scope scope, Statement statement)
    {
        state.Line = statement.Line;
        state.Step();
        switch (statement)
        {
            case TextStatement text:
                state.Write(text.Text);
                break;
            case OutputStatement output:
                state.Write(PythonRepr.Str(state, ExpressionEvaluator.Evaluate(state, scope, output.Value)));
                break;
            case IfStatement branches:
                return RunIf(state, scope, branches);
            case ForStatement loop:
                return LoopRunner.Run(state, scope, loop);
            case SetStatement set:
                Assignment.Assign(state, scope, set.Target, ExpressionEvaluator.Evaluate(state, scope, set.Value));
                break;
            case SetBlockStatement set:
                Assignment.Assign(state, scope, set.Target, Filtered(state, scope, set.Value, set.Body));
                break;
            case MacroStatement macro:
                scope.Set(macro.Macro.Name, new MacroValue(macro.Macro, scope));
                break;
            case CallStatement call:
                var caller = new MacroValue(call.Caller, scope);
                state.Write(PythonRepr.Str(state, ExpressionEvaluator.Call(state, scope, call.Call, caller)));
                break;
            case FilterStatement filter:
                state.Write(PythonRepr.Str(state, Filtered(state, scope, filter.Value, filter.Body)));
                break;
            case WithStatement with:
                return RunWith(state, scope, with);
            case GenerationStatement generation:
                return Run(state, new Scope(scope), generation.Body);
            case BlockStatement block:
                return Run(state, new Scope(block.IsScoped ? scope : state.Outermost ?? scope), block.Body);
            case AutoescapeStatement escape:
                return Truth.Of(ExpressionEvaluator.Evaluate(state, scope, escape.Value))
                    ? throw state.Fail("autoescape is not supported in chat templates")
                    : Run(state, new Scope(scope), escape.Body);
            case BreakStatement:
                return Completion.Break;
            case ContinueStatement:
                return Completion.Continue;
        }

        return Completion.Normal;
    }

    private static Completion RunIf(RenderState state, Scope scope, IfStatement statement)
    {
        foreach ((Expression test, IReadOnlyList<Statement> body) in statement.Branches)
        {
            if (Truth.Of(ExpressionEvaluator.Evaluate(state, scope, test)))
            {
                return Run(state, scope, body);
            }
        }

        return Run(state, scope, statement.Else);
    }

    /// <summary>The values are evaluated outside of the new scope: <c>{% with a = 1, b = a %}</c> gives b the outer a.</summary>
    private static Completion RunWith(RenderState state, Scope scope, WithStatement statement)
    {
        var inner = new Scope(scope);
        foreach ((AssignmentTarget target, Expression value) in statement.Assignments)
        {
            Assignment.Assign(state, inner, target, ExpressionEvaluator.Evaluate(state, scope, value));
        }

        return Run(state, inner, statement.Body);
    }

    private static JinjaValue Filtered(RenderState state, Scope scope, Expression value, IReadOnlyList<Statement> body)
    {
        var inner = new Scope(scope);
        string text = state.Capture(() => Run(state, inner, body));
        var holder = new Scope(scope);
        holder.Set(BodyName, new StringValue(text));
        return ExpressionEvaluator.Evaluate(state, holder, value);
    }
}
