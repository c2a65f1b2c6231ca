using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Globals;

/// <summary>The functions that every chat template can call. A variable of the same name hides them.</summary>
internal static class GlobalFunctions
{
    private static readonly Dictionary<string, FunctionValue> Table = new FunctionValue[]
    {
        new("raise_exception", RaiseException),
        new("strftime_now", StrftimeNow),
        new("range", Range),
        new("namespace", Namespace),
        new("dict", Dict),
        new("cycler", static (state, a) => a.Positional.Count > 0 ? new CyclerValue(a.Positional) : throw state.Fail("at least one item has to be provided")),
        new("joiner", static (state, a) => new JoinerValue(a.Bind(state, "joiner", "sep")[0] ?? new StringValue(", "))),
        new("lipsum", static (state, _) => throw state.Fail("lipsum() is not supported in chat templates")),
    }.ToDictionary(function => function.Name, StringComparer.Ordinal);

    public static JinjaValue? Find(string name) => Table.GetValueOrDefault(name);

    private static JinjaValue RaiseException(RenderState state, CallArguments arguments) =>
        throw new TemplateRaisedException(
            PythonRepr.Str(state, arguments.Bind(state, "raise_exception", "message").Required(0)), state.Line);

    private static StringValue StrftimeNow(RenderState state, CallArguments arguments)
    {
        string format = arguments.Bind(state, "strftime_now", "format").RequiredText(0);
        return new StringValue(state.Built(StrftimeFormat.Format(state, format, state.Clock.GetLocalNow())));
    }

    private static RangeValue Range(RenderState state, CallArguments arguments)
    {
        List<BigInteger> bounds = [];
        foreach (JinjaValue value in arguments.Positional)
        {
            bounds.Add(Numbers.TryInteger(value, out BigInteger number)
                ? number
                : throw state.Fail(value is UndefinedValue undefined
                    ? undefined.Reason
                    : $"'{value.TypeName}' object cannot be interpreted as an integer"));
        }

        if (bounds.Count is < 1 or > 3 || arguments.Named.Count > 0)
        {
            throw state.Fail($"range expected 1 to 3 arguments, got {bounds.Count + arguments.Named.Count}");
        }

        BigInteger start = bounds.Count > 1 ? bounds[0] : BigInteger.Zero;
        BigInteger stop = bounds.Count > 1 ? bounds[1] : bounds[0];
        BigInteger step = bounds.Count > 2 ? bounds[2] : BigInteger.One;
        if (step.IsZero)
        {
            throw state.Fail("range() arg 3 must not be zero");
        }

        BigInteger distance = step.Sign > 0 ? stop - start : start - stop;
        BigInteger count = distance.Sign <= 0 ? BigInteger.Zero : ((distance - 1) / BigInteger.Abs(step)) + 1;
        int limit = state.Limits.MaxRangeLength;
        return count <= limit
            ? new RangeValue(start, stop, step, (int)count)
            : throw new TemplateLimitException(
                nameof(TemplateLimits.MaxRangeLength),
                $"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({limit}).",
                state.Line);
    }

    private static NamespaceValue Namespace(RenderState state, CallArguments arguments)
    {
        var space = new NamespaceValue();
        foreach ((JinjaValue key, JinjaValue value) in Dict(state, arguments).Items)
        {
            space.Attributes[PythonRepr.Str(state, key)] = value;
        }

        return space;
    }

    /// <summary><c>dict(mapping or pairs, name=value)</c>.</summary>
    private static DictValue Dict(RenderState state, CallArguments arguments)
    {
        var dict = new DictValue();
        if (arguments.Positional.Count > 1)
        {
            throw state.Fail($"dict expected at most 1 argument, got {arguments.Positional.Count}");
        }

        foreach ((JinjaValue key, JinjaValue value) in arguments.Positional.SelectMany(source => Pairs(state, source)))
        {
            dict.Set(DictKeys.Require(state, key), value);
        }

        foreach ((string name, JinjaValue value) in arguments.Named)
        {
            dict.Set(new StringValue(name), value);
        }

        return dict;
    }

    private static IEnumerable<KeyValuePair<JinjaValue, JinjaValue>> Pairs(RenderState state, JinjaValue source)
    {
        if (source is DictValue dict)
        {
            state.Step(dict.Count);
            return dict.Items;
        }

        return Iteration.Of(state, source).Select(item =>
        {
            List<JinjaValue> pair = [.. Iteration.Of(state, item).Take(3)];
            return pair.Count == 2
                ? KeyValuePair.Create(pair[0], pair[1])
                : throw state.Fail("a dict is made of pairs: each element must have length 2");
        });
    }
}
