using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>The comparison operators.</summary>
internal static class Comparison
{
    public static bool Apply(RenderState state, ComparisonOperator symbol, JinjaValue left, JinjaValue right) => symbol switch
    {
        ComparisonOperator.Equal => Equality.AreEqual(state, left, right),
        ComparisonOperator.NotEqual => !Equality.AreEqual(state, left, right),
        ComparisonOperator.In => Contains(state, right, left),
        ComparisonOperator.NotIn => !Contains(state, right, left),
        ComparisonOperator.Less => !IsNaN(left, right) && Ordering.Compare(state, left, right, "<") < 0,
        ComparisonOperator.LessOrEqual => !IsNaN(left, right) && Ordering.Compare(state, left, right, "<=") <= 0,
        ComparisonOperator.Greater => !IsNaN(left, right) && Ordering.Compare(state, left, right, ">") > 0,
        _ => !IsNaN(left, right) && Ordering.Compare(state, left, right, ">=") >= 0,
    };

    /// <summary><c>item in container</c>.</summary>
    public static bool Contains(RenderState state, JinjaValue container, JinjaValue item)
    {
        switch (container)
        {
            case StringValue text:
                string part = item is StringValue { Text: var wanted }
                    ? wanted
                    : throw state.Fail($"'in <string>' requires string as left operand, not {item.TypeName}");
                state.Search(text.Text, part);
                return text.Text.Contains(part, StringComparison.Ordinal);
            case DictValue or DictViewValue { Kind: DictViewKind.Keys }:
                DictValue dict = container as DictValue ?? ((DictViewValue)container).Dict;
                return dict.TryGet(DictKeys.Require(state, item), out _);
            default:
                string otherwise = $"argument of type '{container.TypeName}' is not iterable";
                return Iteration.Of(state, container, otherwise).Any(element => Equality.AreEqual(state, element, item));
        }
    }

    /// <summary>NaN is neither less nor greater than any number.</summary>
    private static bool IsNaN(JinjaValue left, JinjaValue right) =>
        Numbers.IsNumber(left) && Numbers.IsNumber(right)
        && (left is FloatValue { Value: double.NaN } || right is FloatValue { Value: double.NaN });
}
