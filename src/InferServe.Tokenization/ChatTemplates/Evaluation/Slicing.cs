using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>Python's <c>target[start:stop:step]</c>.</summary>
internal static class Slicing
{
    public static JinjaValue Slice(RenderState state, JinjaValue target, JinjaValue? start, JinjaValue? stop, JinjaValue? step)
    {
        switch (target)
        {
            case StringValue text:
                return SliceText(state, text, start, stop, step);
            case ListValue list:
                return new ListValue([.. Indexes(state, list.Items.Count, start, stop, step).Select(i => list.Items[i])]);
            case TupleValue tuple:
                return new TupleValue([.. Indexes(state, tuple.Items.Count, start, stop, step).Select(i => tuple.Items[i])]);
            case RangeValue range:
                return SliceRange(state, range, start, stop, step);
            case UndefinedValue undefined:
                throw state.Fail(undefined.Reason);
            case DictValue:
                throw state.Fail("unhashable type: 'slice'");
            default:
                throw state.Fail($"'{target.TypeName}' object is not subscriptable");
        }
    }

    private static StringValue SliceText(RenderState state, StringValue text, JinjaValue? start, JinjaValue? stop, JinjaValue? step)
    {
        int length = PythonText.Length(text.Text);
        (int first, int count, BigInteger stride) = Resolve(state, length, start, stop, step);
        state.Allocate(text.Text.Length);
        if (stride.IsOne)
        {
            int begin = PythonText.ToUtf16Index(text.Text, first);
            int end = PythonText.ToUtf16Index(text.Text, count, begin);
            return new StringValue(text.Text[begin..end], text.IsSafe);
        }

        if (length == text.Text.Length)
        {
            // A stride beyond the length picks one character, so that its size does not matter.
            long pace = (long)BigInteger.Max(-length, BigInteger.Min(length, stride));
            string picked = string.Create(count, text.Text, (units, from) =>
            {
                for (int i = 0; i < units.Length; i++)
                {
                    units[i] = from[(int)(first + (pace * i))];
                }
            });
            return new StringValue(picked, text.IsSafe);
        }

        state.Step(text.Text.Length);
        List<string> points = [.. PythonText.CodePoints(text.Text)];
        return new StringValue(string.Concat(Enumerable.Range(0, count).Select(i => points[(int)(first + (stride * i))])), text.IsSafe);
    }

    private static RangeValue SliceRange(RenderState state, RangeValue range, JinjaValue? start, JinjaValue? stop, JinjaValue? step)
    {
        (int first, int count, BigInteger stride) = Resolve(state, range.Count, start, stop, step);
        BigInteger begin = range.Start + (range.Step * first);
        BigInteger pace = range.Step * stride;
        state.CheckIntegerBits(pace.GetBitLength());
        return new RangeValue(begin, begin + (pace * count), pace, count);
    }

    private static IEnumerable<int> Indexes(RenderState state, int length, JinjaValue? start, JinjaValue? stop, JinjaValue? step)
    {
        (int first, int count, BigInteger stride) = Resolve(state, length, start, stop, step);
        state.Step(count);
        return Enumerable.Range(0, count).Select(i => (int)(first + (stride * i)));
    }

    private static (int First, int Count, BigInteger Step) Resolve(
        RenderState state, int length, JinjaValue? start, JinjaValue? stop, JinjaValue? step)
    {
        BigInteger stride = Index(state, step) ?? BigInteger.One;
        if (stride.IsZero)
        {
            throw state.Fail("slice step cannot be zero");
        }

        bool forward = stride.Sign > 0;
        int lowest = forward ? 0 : -1;
        int highest = forward ? length : length - 1;
        int first = Clamp(Index(state, start), forward ? lowest : highest, length, lowest, highest);
        int last = Clamp(Index(state, stop), forward ? highest : lowest, length, lowest, highest);
        BigInteger distance = forward ? last - first : first - last;
        int count = distance.Sign <= 0 ? 0 : (int)(((distance - 1) / BigInteger.Abs(stride)) + 1);
        return (count == 0 ? 0 : first, count, stride);
    }

    private static BigInteger? Index(RenderState state, JinjaValue? value)
    {
        if (value is null or NoneValue)
        {
            return null;
        }

        return Numbers.TryInteger(value, out BigInteger number)
            ? number
            : throw state.Fail(value is UndefinedValue undefined
                ? undefined.Reason
                : "slice indices must be integers or None or have an __index__ method");
    }

    private static int Clamp(BigInteger? index, int otherwise, int length, int lowest, int highest)
    {
        if (index is not { } value)
        {
            return otherwise;
        }

        value = value.Sign < 0 ? value + length : value;
        return (int)BigInteger.Max(lowest, BigInteger.Min(highest, value));
    }
}
