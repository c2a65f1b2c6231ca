using System.Collections.Frozen;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Filters;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Methods;
using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Tests;

/// <summary>The tests of <c>is</c>, by name.</summary>
internal static class TestTable
{
    private delegate bool Test(RenderState state, JinjaValue value, CallArguments arguments);

    private static readonly FrozenDictionary<string, Test> Table = new Dictionary<string, Test>
    {
        ["defined"] = static (_, value, _) => value is not UndefinedValue,
        ["undefined"] = static (_, value, _) => value is UndefinedValue,
        ["none"] = static (_, value, _) => value is NoneValue,
        ["boolean"] = static (_, value, _) => value is BooleanValue,
        ["true"] = static (_, value, _) => value is BooleanValue { Value: true },
        ["false"] = static (_, value, _) => value is BooleanValue { Value: false },
        ["integer"] = static (_, value, _) => value is IntegerValue,
        ["float"] = static (_, value, _) => value is FloatValue,
        ["number"] = static (_, value, _) => Numbers.IsNumber(value),
        ["string"] = static (_, value, _) => value is StringValue,
        ["mapping"] = static (_, value, _) => value is DictValue,
        ["sequence"] = static (_, value, _) => value is StringValue or SequenceValue or DictValue or RangeValue or UndefinedValue,
        ["iterable"] = static (_, value, _) => Iteration.IsIterable(value) || value is LoopValue,
        ["callable"] = static (_, value, _) => value is CallableValue or LoopValue or UndefinedValue,
        ["escaped"] = static (_, value, _) => value is StringValue { IsSafe: true },
        ["lower"] = static (state, value, _) => CharacterClasses.IsLower(PythonRepr.Str(state, value)),
        ["upper"] = static (state, value, _) => CharacterClasses.IsUpper(PythonRepr.Str(state, value)),
        ["odd"] = static (state, value, _) => Remainder(state, value) == 1,
        ["even"] = static (state, value, _) => Remainder(state, value) == 0,
        ["divisibleby"] = static (state, value, a) => IsDivisible(state, value, a.Bind(state, "divisibleby", "num").Required(0)),
        ["filter"] = static (s, value, _) => DictKeys.Require(s, value) is StringValue name && FilterTable.Contains(name.Text),
        ["test"] = static (s, value, _) => DictKeys.Require(s, value) is StringValue name && Contains(name.Text),
        ["sameas"] = static (state, value, a) => IsSame(value, a.Bind(state, "sameas", "other").Required(0)),
        ["in"] = static (state, value, a) => Comparison.Contains(state, a.Bind(state, "in", "seq").Required(0), value),
        ["eq"] = Comparing(ComparisonOperator.Equal),
        ["=="] = Comparing(ComparisonOperator.Equal),
        ["equalto"] = Comparing(ComparisonOperator.Equal),
        ["ne"] = Comparing(ComparisonOperator.NotEqual),
        ["!="] = Comparing(ComparisonOperator.NotEqual),
        ["gt"] = Comparing(ComparisonOperator.Greater),
        [">"] = Comparing(ComparisonOperator.Greater),
        ["greaterthan"] = Comparing(ComparisonOperator.Greater),
        ["ge"] = Comparing(ComparisonOperator.GreaterOrEqual),
        [">="] = Comparing(ComparisonOperator.GreaterOrEqual),
        ["lt"] = Comparing(ComparisonOperator.Less),
        ["<"] = Comparing(ComparisonOperator.Less),
        ["lessthan"] = Comparing(ComparisonOperator.Less),
        ["le"] = Comparing(ComparisonOperator.LessOrEqual),
        ["<="] = Comparing(ComparisonOperator.LessOrEqual),
    }.ToFrozenDictionary();

    public static bool Contains(string name) => Table.ContainsKey(name);

    /// <exception cref="TemplateException">No test has this name, or it fails.</exception>
    public static bool Apply(RenderState state, string name, JinjaValue value, CallArguments arguments) =>
        Table.TryGetValue(name, out Test? test) ? test(state, value, arguments) : throw state.Fail($"No test named '{name}'.");

    private static Test Comparing(ComparisonOperator symbol) => (state, value, arguments) =>
        Comparison.Apply(state, symbol, value, arguments.Bind(state, "comparison", "other").Required(0));

    private static bool IsSame(JinjaValue value, JinjaValue other) => (value, other) switch
    {
        (IntegerValue a, IntegerValue b) => a.Value == b.Value,
        (StringValue a, StringValue b) => a.Text == b.Text,
        _ => ReferenceEquals(value, other),
    };

    private static double Remainder(RenderState state, JinjaValue value) =>
        Numbers.ToDouble(Arithmetic.Apply(state, BinaryOperator.Modulo, value, new IntegerValue(2)));

    private static bool IsDivisible(RenderState state, JinjaValue value, JinjaValue divisor) =>
        Numbers.ToDouble(Arithmetic.Apply(state, BinaryOperator.Modulo, value, divisor)) == 0;
}
