using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary><c>+</c> and <c>*</c> on strings, lists and tuples.</summary>
internal static class Concatenation
{
    public static JinjaValue Add(RenderState state, JinjaValue left, JinjaValue right) => (left, right) switch
    {
        (StringValue a, StringValue b) => Add(state, a, b),
        (StringValue { IsSafe: true } or not StringValue, StringValue { IsSafe: true }) or (StringValue { IsSafe: true }, _) =>
            throw Arithmetic.Unsupported(state, BinaryOperator.Add, left, right),
        (StringValue, _) => throw state.Fail($"can only concatenate str (not \"{right.TypeName}\") to str"),
        (ListValue a, ListValue b) => new ListValue(Add(state, a.Items, b.Items)),
        (ListValue, _) => throw state.Fail($"can only concatenate list (not \"{right.TypeName}\") to list"),
        (TupleValue a, TupleValue b) => new TupleValue(Add(state, a.Items, b.Items)),
        (TupleValue, _) => throw state.Fail($"can only concatenate tuple (not \"{right.TypeName}\") to tuple"),
        _ => throw Arithmetic.Unsupported(state, BinaryOperator.Add, left, right),
    };

    public static JinjaValue Repeat(RenderState state, JinjaValue left, JinjaValue right)
    {
        JinjaValue value = Numbers.TryInteger(left, out BigInteger count) ? right : left;
        if (ReferenceEquals(value, left) && !Numbers.TryInteger(right, out count))
        {
            throw left is StringValue or SequenceValue
                ? state.Fail($"can't multiply sequence by non-int of type '{right.TypeName}'")
                : Arithmetic.Unsupported(state, BinaryOperator.Multiply, left, right);
        }

        count = BigInteger.Max(0, count);
        switch (value)
        {
            case StringValue text:
                state.CheckLength((long)BigInteger.Min(long.MaxValue, count * text.Text.Length));
                return text.Text.Length == 0
                    ? text
                    : new StringValue(state.Built(string.Concat(Enumerable.Repeat(text.Text, (int)count))), text.IsSafe);
            case SequenceValue sequence:
                state.Step((long)BigInteger.Min(int.MaxValue, count * sequence.Items.Count));
                int times = sequence.Items.Count == 0 ? 0 : (int)count;
                List<JinjaValue> items = [.. Enumerable.Repeat(sequence.Items, times).SelectMany(item => item)];
                return sequence is ListValue ? new ListValue(items) : new TupleValue(items);
            default:
                throw Arithmetic.Unsupported(state, BinaryOperator.Multiply, left, right);
        }
    }

    private static StringValue Add(RenderState state, StringValue left, StringValue right)
    {
        bool isSafe = left.IsSafe || right.IsSafe;
        string first = isSafe && !left.IsSafe ? HtmlText.Escape(left.Text) : left.Text;
        string second = isSafe && !right.IsSafe ? HtmlText.Escape(right.Text) : right.Text;
        state.CheckLength((long)first.Length + second.Length);
        return new StringValue(state.Built(first + second), isSafe);
    }

    private static List<JinjaValue> Add(RenderState state, IReadOnlyList<JinjaValue> left, IReadOnlyList<JinjaValue> right)
    {
        state.Step(left.Count + right.Count);
        return [.. left, .. right];
    }
}
