using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

internal static class LoopRunner
{
    public static Completion Run(RenderState state, Scope scope, ForStatement statement)
    {
        JinjaValue iterable = ExpressionEvaluator.Evaluate(state, scope, statement.Iterable);
        return Run(state, scope, statement, iterable, depth: 0);
    }

    /// <param name="state">The rendering.</param>
    /// <param name="scope">The names around the loop.</param>
    /// <param name="statement">The loop.</param>
    /// <param name="iterable">What it visits.</param>
    /// <param name="depth">How many loops of the same statement are around this one by recursion.</param>
    private static Completion Run(RenderState state, Scope scope, ForStatement statement, JinjaValue iterable, int depth)
    {
        state.Line = statement.Line;
        state.Scan(iterable is StringValue text ? text.Text.Length : 0);
        IEnumerable<JinjaValue> items = Iteration.Of(state, iterable);
        LoopValue loop = statement.Filter is { } filter
            ? new LoopValue(Matching(state, scope, statement.Target, filter, items), null, depth)
            : new LoopValue(items, Truth.Length(iterable), depth);
        if (statement.IsRecursive)
        {
            loop.Recurse = inner => Recurse(state, scope, statement, inner, depth + 1);
        }

        // As in Jinja, a turn that ends by break or continue does not count for the loop's else.
        bool completedTurn = false;
        while (loop.MoveNext())
        {
            var turn = new Scope(scope);
            state.Line = statement.Line;
            Assignment.Assign(state, turn, statement.Target, loop.Current!);
            turn.Set("loop", loop);
            Completion completion = StatementRunner.Run(state, turn, statement.Body);
            if (completion == Completion.Break)
            {
                break;
            }

            completedTurn |= completion == Completion.Normal;
        }

        return completedTurn ? Completion.Normal : StatementRunner.Run(state, new Scope(scope), statement.Else);
    }

    private static IEnumerable<JinjaValue> Matching(
        RenderState state, Scope scope, AssignmentTarget target, Expression filter, IEnumerable<JinjaValue> items)
    {
        foreach (JinjaValue item in items)
        {
            var candidate = new Scope(scope);
            Assignment.Assign(state, candidate, target, item);
            if (Truth.Of(ExpressionEvaluator.Evaluate(state, candidate, filter)))
            {
                yield return item;
            }
        }
    }

    /// <summary><c>loop(items)</c> in a recursive loop: the text of the loop over other elements.</summary>
    private static StringValue Recurse(RenderState state, Scope scope, ForStatement statement, JinjaValue iterable, int depth)
    {
        state.EnterCall();
        string text = state.Capture(() => Run(state, scope, statement, iterable, depth));
        state.LeaveCall();
        return new StringValue(text);
    }
}
