using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>Python's <c>==</c>.</summary>
internal static class Equality
{
    public static bool AreEqual(RenderState state, JinjaValue left, JinjaValue right)
    {
        state.Step();
        switch (left, right)
        {
            case (StringValue a, StringValue b):
                state.Scan(Math.Min(a.Text.Length, b.Text.Length) / 16);
                return a.Text == b.Text;
            case (ListValue a, ListValue b):
                return AreEqual(state, a.Items, b.Items);
            case (TupleValue a, TupleValue b):
                return AreEqual(state, a.Items, b.Items);
            case (DictValue a, DictValue b):
                return AreEqual(state, a, b);
            case (RangeValue a, RangeValue b):
                return a.Count == b.Count && (a.Count == 0 || (a.Start == b.Start && (a.Count == 1 || a.Step == b.Step)));
            default:
                return KeyComparer.Instance.Equals(left, right);
        }
    }

    private static bool AreEqual(RenderState state, IReadOnlyList<JinjaValue> left, IReadOnlyList<JinjaValue> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (int i = 0; i < left.Count; i++)
        {
            if (!AreSame(state, left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreEqual(RenderState state, DictValue left, DictValue right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach ((JinjaValue key, JinjaValue value) in left.Items)
        {
            if (!right.TryGet(key, out JinjaValue other) || !AreSame(state, value, other))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Containers take an element to be equal to itself without comparing, as in Python.</summary>
    private static bool AreSame(RenderState state, JinjaValue left, JinjaValue right) =>
        ReferenceEquals(left, right) || AreEqual(state, left, right);
}
