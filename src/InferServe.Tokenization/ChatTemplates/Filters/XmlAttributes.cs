using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Methods;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>The filter <c>xmlattr</c>: a dict as the attributes of a tag, without those that are none or undefined.</summary>
internal static class XmlAttributes
{
    public static JinjaValue Format(RenderState state, JinjaValue input, bool withSpace)
    {
        if (input is not DictValue dict)
        {
            throw state.Fail((input as UndefinedValue ?? UndefinedValue.Attribute(input, "items")).Reason);
        }

        var pairs = new List<string>();
        foreach ((JinjaValue key, JinjaValue value) in dict.Items)
        {
            string name = PythonRepr.Str(state, key);
            if (name.Any(c => c is '/' or '>' or '=' || PythonText.IsSpace(c)))
            {
                throw state.Fail($"Invalid character in attribute name: {PythonRepr.Quote(name)}");
            }

            if (value is not (NoneValue or UndefinedValue))
            {
                pairs.Add($"{HtmlText.Escape(name)}=\"{HtmlText.Escape(PythonRepr.Str(state, value))}\"");
            }
        }

        string text = StringOperations.Join(state, " ", pairs);
        return new StringValue(state.Built(withSpace && text.Length > 0 ? " " + text : text));
    }
}
