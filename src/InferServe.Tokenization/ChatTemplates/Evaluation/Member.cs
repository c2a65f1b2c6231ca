using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Globals;
using InferServe.Tokenization.ChatTemplates.Methods;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>
/// <c>a.b</c> and <c>a[b]</c>. The first asks for an attribute (a method) and then for an element, the second the other way round:
/// <c>message.items</c> is a method even if the message has a key of that name.
/// </summary>
internal static class Member
{
    public static JinjaValue Attribute(RenderState state, JinjaValue target, string name) =>
        FindAttribute(state, target, name) ?? FindElement(state, target, new StringValue(name)) ?? UndefinedValue.Attribute(target, name);

    public static JinjaValue Item(RenderState state, JinjaValue target, JinjaValue index)
    {
        FailIfUndefined(state, target);
        if (FindElement(state, target, index) is { } element)
        {
            return element;
        }

        if (index is not StringValue name)
        {
            return UndefinedValue.Element(target, PythonRepr.Repr(state, index));
        }

        return FindAttribute(state, target, name.Text) ?? UndefinedValue.Attribute(target, name.Text);
    }

    /// <summary>The steps of a filter's <c>attribute</c> argument: <c>"a.0.b"</c> is the name a, the index 0, the name b.</summary>
    public static JinjaValue Path(RenderState state, JinjaValue target, JinjaValue path, JinjaValue? otherwise = null)
    {
        if (path is not StringValue names)
        {
            return path is NoneValue ? target : OrDefault(Item(state, target, path), otherwise);
        }

        foreach (string part in names.Text.Split('.'))
        {
            bool isIndex = part.Length is > 0 and < 10 && part.All(char.IsAsciiDigit);
            JinjaValue index = isIndex
                ? new IntegerValue(int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))
                : new StringValue(part);
            target = OrDefault(Item(state, target, index), otherwise);
        }

        return target;
    }

    private static JinjaValue OrDefault(JinjaValue value, JinjaValue? otherwise) =>
        value is UndefinedValue && otherwise is not null ? otherwise : value;

    /// <summary>An attribute in the narrow sense, without falling back to the elements.</summary>
    public static JinjaValue? FindAttribute(RenderState state, JinjaValue target, string name)
    {
        FailIfUndefined(state, target);
        if (name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal))
        {
            return Unsafe(target, name);
        }

        return target switch
        {
            StringValue text => StringMethods.Find(text, name),
            DictValue dict => DictMethods.IsMutating(name) ? Unsafe(target, name) : DictMethods.Find(dict, name),
            ListValue list => ListMethods.IsMutating(name) ? Unsafe(target, name) : ListMethods.Find(list, name),
            TupleValue tuple => Field(tuple, name) ?? ListMethods.Find(tuple, name),
            NamespaceValue space => space.Attributes.GetValueOrDefault(name),
            LoopValue loop => loop.Attribute(name),
            CyclerValue cycler => cycler.Attribute(name),
            RangeValue range => NumberMethods.Find(range, name),
            _ when Numbers.IsNumber(target) => NumberMethods.Find(target, name),
            MacroValue macro when name == "name" => new StringValue(macro.Name),
            MacroValue macro when name == "arguments" => macro.Arguments,
            _ => null,
        };
    }

    private static JinjaValue? Field(TupleValue tuple, string name)
    {
        for (int i = 0; i < tuple.Fields.Count; i++)
        {
            if (tuple.Fields[i] == name)
            {
                return tuple.Items[i];
            }
        }

        return null;
    }

    /// <summary>What <c>target[index]</c> gives in Python, or null where it fails.</summary>
    private static JinjaValue? FindElement(RenderState state, JinjaValue target, JinjaValue index)
    {
        if (target is DictValue dict)
        {
            return DictKeys.CanBe(state, index) && dict.TryGet(index, out JinjaValue value) ? value : null;
        }

        if (!Numbers.TryInteger(index, out BigInteger number) || target is not (SequenceValue or StringValue or RangeValue))
        {
            return null;
        }

        state.Scan(target is StringValue scanned ? scanned.Text.Length : 0);
        int length = Truth.Length(target) ?? 0;
        number = number.Sign < 0 ? number + length : number;
        if (number.Sign < 0 || number >= length)
        {
            return null;
        }

        int position = (int)number;
        return target switch
        {
            SequenceValue sequence => sequence.Items[position],
            RangeValue range => range.At(position),
            StringValue text => CodePoint(text, position),
            _ => null,
        };
    }

    private static StringValue CodePoint(StringValue text, int position)
    {
        int begin = PythonText.ToUtf16Index(text.Text, position);
        int end = PythonText.ToUtf16Index(text.Text, 1, begin);
        return new StringValue(text.Text[begin..end], text.IsSafe);
    }

    /// <summary>It exists in Python, but the sandbox refuses its use; asking for it alone is no error.</summary>
    private static UndefinedValue Unsafe(JinjaValue target, string name) =>
        new($"access to attribute '{name}' of '{target.TypeName}' object is unsafe.");

    private static void FailIfUndefined(RenderState state, JinjaValue target)
    {
        if (target is UndefinedValue undefined)
        {
            throw state.Fail(undefined.Reason);
        }
    }
}
