using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>A macro with the scope in which it was defined: it sees that scope's names as they are when it is called.</summary>
internal sealed class MacroValue(MacroDefinition definition, Scope scope) : CallableValue(definition.Name)
{
    public override string TypeName => "Macro";

    /// <summary>The names of the parameters.</summary>
    public TupleValue Arguments => new([.. definition.Parameters.Select(parameter => new StringValue(parameter.Name))]);

    public override JinjaValue Call(RenderState state, CallArguments arguments)
    {
        state.EnterCall();
        var inner = new Scope(scope);
        Bind(state, inner, arguments);
        string text = state.Capture(() => StatementRunner.Run(state, inner, definition.Body));
        state.LeaveCall();
        return new StringValue(text);
    }

    /// <summary>
    /// 1. Positional arguments fill the parameters from the left. 2. Named ones and defaults fill the rest. 3. What is left goes to
    /// <c>caller</c>, <c>kwargs</c> and <c>varargs</c> if the body mentions them, or is an error.
    /// </summary>
    private void Bind(RenderState state, Scope inner, CallArguments arguments)
    {
        IReadOnlyList<MacroParameter> parameters = definition.Parameters;
        var named = new OrderedDictionary<string, JinjaValue>(arguments.Named, StringComparer.Ordinal);
        for (int i = 0; i < parameters.Count; i++)
        {
            MacroParameter parameter = parameters[i];
            if (i < arguments.Positional.Count)
            {
                inner.Set(parameter.Name, arguments.Positional[i]);
            }
            else if (named.Remove(parameter.Name, out JinjaValue? value))
            {
                inner.Set(parameter.Name, value);
            }
            else
            {
                inner.Set(parameter.Name, parameter.Default is { } expression
                    ? ExpressionEvaluator.Evaluate(state, inner, expression)
                    : new UndefinedValue($"parameter '{parameter.Name}' was not provided"));
            }
        }

        BindCaller(inner, named);
        BindRest(state, inner, arguments, named);
    }

    private void BindCaller(Scope inner, OrderedDictionary<string, JinjaValue> named)
    {
        if (definition.UsesCaller && definition.Parameters.All(parameter => parameter.Name != "caller"))
        {
            inner.Set("caller", named.Remove("caller", out JinjaValue? caller) ? caller : new UndefinedValue("No caller defined"));
        }
    }

    private void BindRest(RenderState state, Scope inner, CallArguments arguments, OrderedDictionary<string, JinjaValue> named)
    {
        int count = definition.Parameters.Count;
        if (definition.UsesKwargs)
        {
            var rest = new DictValue();
            foreach ((string name, JinjaValue value) in named)
            {
                rest.Set(new StringValue(name), value);
            }

            inner.Set("kwargs", rest);
        }
        else if (named.Count > 0)
        {
            throw state.Fail($"macro '{Name}' takes no keyword argument '{named.GetAt(0).Key}'");
        }

        if (definition.UsesVarargs)
        {
            inner.Set("varargs", new TupleValue([.. arguments.Positional.Skip(count)]));
        }
        else if (arguments.Positional.Count > count)
        {
            throw state.Fail($"macro '{Name}' takes not more than {count} argument(s)");
        }
    }
}
