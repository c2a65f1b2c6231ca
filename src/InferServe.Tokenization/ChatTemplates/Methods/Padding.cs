using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>The methods that fill strings up to a width in code points.</summary>
internal static class Padding
{
    public static StringValue Pad(RenderState state, string text, CallArguments arguments, string name)
    {
        BoundArguments bound = arguments.Bind(state, name, "width", "fillchar");
        string fill = bound.Text(1) ?? " ";
        if (PythonText.Length(fill) != 1)
        {
            throw state.Fail("The fill character must be exactly one character long");
        }

        return new StringValue(Pad(state, text, bound.Integer(0, 0), fill, name));
    }

    public static string Pad(RenderState state, string text, int width, string fill, string name)
    {
        int missing = Math.Max(0, width - PythonText.Length(text));
        state.CheckLength(text.Length + ((long)missing * fill.Length));

        // Python puts the odd character of a centred text to the left if the width is odd.
        int left = name switch { "ljust" => 0, "rjust" => missing, _ => (missing / 2) + (missing & width & 1) };
        return state.Built(Repeat(fill, left) + text + Repeat(fill, missing - left));
    }

    public static StringValue ZeroFill(RenderState state, string text, int width)
    {
        int sign = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        return new StringValue(text[..sign] + Pad(state, text[sign..], width - sign, "0", "rjust"));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
