namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>What <c>if</c> takes a value for.</summary>
internal static class Truth
{
    public static bool Of(JinjaValue value) => value switch
    {
        BooleanValue flag => flag.Value,
        NoneValue or UndefinedValue => false,
        IntegerValue number => !number.Value.IsZero,
        FloatValue number => number.Value != 0,
        StringValue text => text.Text.Length != 0,
        _ => Length(value) != 0,
    };

    /// <summary>The number of elements, or null where Python's <c>len</c> fails.</summary>
    public static int? Length(JinjaValue value) => value switch
    {
        StringValue text => Formatting.PythonText.Length(text.Text),
        SequenceValue sequence => sequence.Items.Count,
        DictValue dict => dict.Count,
        DictViewValue view => view.Dict.Count,
        RangeValue range => range.Count,
        UndefinedValue => 0,
        Evaluation.LoopValue loop => loop.Length,
        _ => null,
    };
}
