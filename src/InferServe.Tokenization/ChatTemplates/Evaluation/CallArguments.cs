using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>The evaluated arguments of a call, filter or test.</summary>
internal sealed record CallArguments(IReadOnlyList<JinjaValue> Positional, IReadOnlyList<KeyValuePair<string, JinjaValue>> Named)
{
    public static CallArguments Empty { get; } = new([], []);

    public static CallArguments Of(params JinjaValue[] positional) => new(positional, []);

    /// <summary>Puts the arguments in the order of the parameters; null for those that are not given.</summary>
    /// <exception cref="TemplateException">There are too many, or one has an unknown name, or is given twice.</exception>
    public BoundArguments Bind(RenderState state, string function, params ReadOnlySpan<string> parameters)
    {
        if (Positional.Count > parameters.Length)
        {
            throw state.Fail($"{function}() takes at most {parameters.Length} arguments ({Positional.Count} given)");
        }

        var values = new JinjaValue?[parameters.Length];
        for (int i = 0; i < Positional.Count; i++)
        {
            values[i] = Positional[i];
        }

        foreach ((string name, JinjaValue value) in Named)
        {
            int index = parameters.IndexOf(name);
            if (index < 0)
            {
                throw state.Fail($"{function}() got an unexpected keyword argument '{name}'");
            }

            values[index] = values[index] is null
                ? value
                : throw state.Fail($"{function}() got multiple values for argument '{name}'");
        }

        return new BoundArguments(state, function, values);
    }

    public CallArguments With(string name, JinjaValue value) => this with { Named = [.. Named, new(name, value)] };

    /// <summary>Without the first <paramref name="count"/> positional arguments.</summary>
    public CallArguments Skip(int count) => this with { Positional = [.. Positional.Skip(count)] };
}

/// <summary>Arguments by the index of their parameter, with the conversions that functions need.</summary>
internal readonly struct BoundArguments(RenderState state, string function, JinjaValue?[] values)
{
    public JinjaValue? this[int index] => values[index];

    public bool Has(int index) => values[index] is not null;

    public JinjaValue Required(int index) =>
        values[index] ?? throw state.Fail($"{function}() is missing a required argument (argument {index + 1})");

    public bool Flag(int index, bool otherwise = false) => values[index] is { } value ? Truth.Of(value) : otherwise;

    /// <summary>A string; None counts as not given.</summary>
    public string? Text(int index) => values[index] switch
    {
        null or NoneValue => null,
        StringValue text => Scanned(text.Text),
        UndefinedValue undefined => throw state.Fail(undefined.Reason),
        { } other => throw state.Fail($"{function}() needs a string for argument {index + 1}, not '{other.TypeName}'"),
    };

    public string RequiredText(int index) => Text(index) ?? throw state.Fail($"{function}() needs a string for argument {index + 1}");

    private string Scanned(string text)
    {
        state.Scan(text.Length);
        return text;
    }

    /// <summary>A whole number within the range of an int, beyond which it makes no difference; None counts as not given.</summary>
    public int Integer(int index, int otherwise)
    {
        if (values[index] is null or NoneValue)
        {
            return otherwise;
        }

        return Numbers.TryInteger(values[index]!, out BigInteger number)
            ? (int)BigInteger.Max(int.MinValue, BigInteger.Min(int.MaxValue, number))
            : throw state.Fail(values[index] is UndefinedValue undefined
                ? undefined.Reason
                : $"'{values[index]!.TypeName}' object cannot be interpreted as an integer");
    }
}
