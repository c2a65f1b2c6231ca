using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>Python's order of values, and sorting by it.</summary>
internal static class Ordering
{
    /// <param name="state">The rendering.</param>
    /// <param name="left">The left value.</param>
    /// <param name="right">The right value.</param>
    /// <param name="symbol">The operator, for the error message.</param>
    /// <exception cref="TemplateException">The values have no order.</exception>
    public static int Compare(RenderState state, JinjaValue left, JinjaValue right, string symbol)
    {
        state.Step();
        switch (left, right)
        {
            case (StringValue a, StringValue b):
                state.Scan(Math.Min(a.Text.Length, b.Text.Length) / 16);
                return PythonText.Compare(a.Text, b.Text);
            case (ListValue a, ListValue b):
                return Compare(state, a.Items, b.Items, symbol);
            case (TupleValue a, TupleValue b):
                return Compare(state, a.Items, b.Items, symbol);
            case (UndefinedValue undefined, _):
                throw state.Fail(undefined.Reason);
            case (_, UndefinedValue undefined):
                throw state.Fail(undefined.Reason);
        }

        if (Numbers.IsNumber(left) && Numbers.IsNumber(right))
        {
            Numbers.TryCompare(left, right, out int order);
            return order;
        }

        throw state.Fail($"'{symbol}' not supported between instances of '{left.TypeName}' and '{right.TypeName}'");
    }

    /// <summary>A stable merge sort: the library's sort is not stable and wraps what its comparison throws.</summary>
    public static List<T> Sort<T>(RenderState state, IEnumerable<T> items, Func<T, T, int> compare)
    {
        List<T> sorted = [.. items];
        state.Step(sorted.Count);
        var buffer = new T[sorted.Count];
        for (int width = 1; width < sorted.Count; width *= 2)
        {
            for (int begin = 0; begin < sorted.Count; begin += 2 * width)
            {
                Merge(sorted, buffer, begin, Math.Min(begin + width, sorted.Count), Math.Min(begin + (2 * width), sorted.Count), compare);
            }

            sorted = [.. buffer];
        }

        return sorted;
    }

    private static void Merge<T>(List<T> source, T[] target, int begin, int middle, int end, Func<T, T, int> compare)
    {
        int left = begin;
        int right = middle;
        for (int i = begin; i < end; i++)
        {
            bool takeLeft = left < middle && (right >= end || compare(source[left], source[right]) <= 0);
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }

    private static int Compare(RenderState state, IReadOnlyList<JinjaValue> left, IReadOnlyList<JinjaValue> right, string symbol)
    {
        for (int i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (!Equality.AreEqual(state, left[i], right[i]))
            {
                return Compare(state, left[i], right[i], symbol);
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
