using InferServe.Tokenization.ChatTemplates.Filters;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Tests;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>Evaluates expressions. The line is set after the operands are evaluated: it is the line of what may fail next.</summary>
internal static class ExpressionEvaluator
{
    public static JinjaValue Evaluate(RenderState state, Scope scope, Expression expression)
    {
        state.Step();
        switch (expression)
        {
            case LiteralExpression literal:
                return literal.Value;
            case NameExpression name:
                return scope.Get(name.Name);
            case BodyExpression:
                return scope.Get(StatementRunner.BodyName);
            case AttributeExpression attribute:
                JinjaValue target = Evaluate(state, scope, attribute.Target);
                state.Line = attribute.Line;
                return Member.Attribute(state, target, attribute.Name);
            case ItemExpression item:
                JinjaValue container = Evaluate(state, scope, item.Target);
                JinjaValue index = Evaluate(state, scope, item.Index);
                state.Line = item.Line;
                return Member.Item(state, container, index);
            case SliceExpression slice:
                return EvaluateSlice(state, scope, slice);
            case CallExpression call:
                return Call(state, scope, call, caller: null);
            case FilterExpression filter:
                JinjaValue input = Evaluate(state, scope, filter.Input);
                CallArguments arguments = EvaluateArguments(state, scope, filter.Arguments);
                state.Line = filter.Line;
                return FilterTable.Apply(state, filter.Name, input, arguments);
            case TestExpression test:
                JinjaValue tested = Evaluate(state, scope, test.Input);
                CallArguments testArguments = EvaluateArguments(state, scope, test.Arguments);
                state.Line = test.Line;
                return BooleanValue.Of(TestTable.Apply(state, test.Name, tested, testArguments));
            case ListExpression list:
                return new ListValue(EvaluateAll(state, scope, list.Items));
            case TupleExpression tuple:
                return new TupleValue(EvaluateAll(state, scope, tuple.Items));
            case DictExpression dict:
                return EvaluateDict(state, scope, dict);
            default:
                return EvaluateOperator(state, scope, expression);
        }
    }

    /// <param name="state">The rendering.</param>
    /// <param name="scope">The names.</param>
    /// <param name="call">The call.</param>
    /// <param name="caller">The body of the call block that makes the call, if one does.</param>
    public static JinjaValue Call(RenderState state, Scope scope, CallExpression call, MacroValue? caller)
    {
        JinjaValue target = Evaluate(state, scope, call.Target);
        CallArguments arguments = EvaluateArguments(state, scope, call.Arguments);
        state.Line = call.Line;
        return target switch
        {
            CallableValue callable => callable.Call(state, caller is null ? arguments : arguments.With("caller", caller)),
            UndefinedValue undefined => throw state.Fail(undefined.Reason),
            LoopValue { Recurse: { } recurse } => recurse(arguments.Bind(state, "loop", "iterable").Required(0)),
            LoopValue => throw state.Fail("The loop must have the 'recursive' marker to be called recursively."),
            _ => throw state.Fail($"'{target.TypeName}' object is not callable"),
        };
    }

    private static JinjaValue EvaluateOperator(RenderState state, Scope scope, Expression expression)
    {
        switch (expression)
        {
            case NotExpression not:
                return BooleanValue.Of(!Truth.Of(Evaluate(state, scope, not.Operand)));
            case AndExpression and:
                JinjaValue left = Evaluate(state, scope, and.Left);
                return Truth.Of(left) ? Evaluate(state, scope, and.Right) : left;
            case OrExpression or:
                JinjaValue first = Evaluate(state, scope, or.Left);
                return Truth.Of(first) ? first : Evaluate(state, scope, or.Right);
            case ConditionalExpression conditional:
                return EvaluateConditional(state, scope, conditional);
            case ConcatExpression concat:
                return Joined(state, EvaluateAll(state, scope, concat.Parts));
            case ComparisonExpression comparison:
                return EvaluateComparison(state, scope, comparison);
            case SignExpression sign:
                JinjaValue operand = Evaluate(state, scope, sign.Operand);
                state.Line = sign.Line;
                return Arithmetic.Sign(state, sign.Negative, operand);
            case BinaryExpression binary:
                JinjaValue a = Evaluate(state, scope, binary.Left);
                JinjaValue b = Evaluate(state, scope, binary.Right);
                state.Line = binary.Line;
                return Arithmetic.Apply(state, binary.Operator, a, b);
            default:
                throw new InvalidOperationException($"no evaluation for {expression.GetType().Name}");
        }
    }

    private static JinjaValue EvaluateConditional(RenderState state, Scope scope, ConditionalExpression conditional)
    {
        if (Truth.Of(Evaluate(state, scope, conditional.Test)))
        {
            return Evaluate(state, scope, conditional.Then);
        }

        return conditional.Else is { } otherwise
            ? Evaluate(state, scope, otherwise)
            : new UndefinedValue("the inline if-expression evaluated to false and no else section was defined.");
    }

    private static BooleanValue EvaluateComparison(RenderState state, Scope scope, ComparisonExpression comparison)
    {
        JinjaValue left = Evaluate(state, scope, comparison.First);
        foreach ((ComparisonOperator symbol, Expression operand) in comparison.Rest)
        {
            JinjaValue right = Evaluate(state, scope, operand);
            state.Line = comparison.Line;
            if (!Comparison.Apply(state, symbol, left, right))
            {
                return BooleanValue.False;
            }

            left = right;
        }

        return BooleanValue.True;
    }

    private static StringValue Joined(RenderState state, List<JinjaValue> parts)
    {
        List<string> texts = [.. parts.Select(part => PythonRepr.Str(state, part))];
        state.CheckLength(texts.Sum(text => (long)text.Length));
        return new StringValue(state.Built(string.Concat(texts)));
    }

    private static JinjaValue EvaluateSlice(RenderState state, Scope scope, SliceExpression slice)
    {
        JinjaValue target = Evaluate(state, scope, slice.Target);
        JinjaValue? start = slice.Start is null ? null : Evaluate(state, scope, slice.Start);
        JinjaValue? stop = slice.Stop is null ? null : Evaluate(state, scope, slice.Stop);
        JinjaValue? step = slice.Step is null ? null : Evaluate(state, scope, slice.Step);
        state.Line = slice.Line;
        return Slicing.Slice(state, target, start, stop, step);
    }

    private static DictValue EvaluateDict(RenderState state, Scope scope, DictExpression expression)
    {
        var dict = new DictValue();
        foreach ((Expression key, Expression value) in expression.Items)
        {
            JinjaValue evaluated = Evaluate(state, scope, key);
            state.Line = key.Line;
            dict.Set(DictKeys.Require(state, evaluated), Evaluate(state, scope, value));
        }

        return dict;
    }

    private static List<JinjaValue> EvaluateAll(RenderState state, Scope scope, IReadOnlyList<Expression> expressions)
    {
        var values = new List<JinjaValue>(expressions.Count);
        foreach (Expression expression in expressions)
        {
            values.Add(Evaluate(state, scope, expression));
        }

        return values;
    }

    private static CallArguments EvaluateArguments(RenderState state, Scope scope, ArgumentList arguments)
    {
        if (ReferenceEquals(arguments, ArgumentList.Empty))
        {
            return CallArguments.Empty;
        }

        List<JinjaValue> positional = EvaluateAll(state, scope, arguments.Positional);
        List<KeyValuePair<string, JinjaValue>> named = [];
        foreach ((string name, Expression value) in arguments.Named)
        {
            AddNamed(state, named, name, Evaluate(state, scope, value));
        }

        if (arguments.Spread is { } spread)
        {
            positional.AddRange(Iteration.Of(state, Evaluate(state, scope, spread)));
        }

        if (arguments.NamedSpread is { } namedSpread)
        {
            if (Evaluate(state, scope, namedSpread) is not DictValue dict)
            {
                throw state.Fail("argument after ** must be a mapping");
            }

            foreach ((JinjaValue key, JinjaValue value) in dict.Items)
            {
                AddNamed(state, named, key is StringValue text ? text.Text : throw state.Fail("keywords must be strings"), value);
            }
        }

        return new CallArguments(positional, named);
    }

    private static void AddNamed(RenderState state, List<KeyValuePair<string, JinjaValue>> named, string name, JinjaValue value)
    {
        state.Step(1 + named.Count);
        if (named.Any(pair => pair.Key == name))
        {
            throw state.Fail($"got multiple values for keyword argument '{name}'");
        }

        named.Add(new(name, value));
    }
}
