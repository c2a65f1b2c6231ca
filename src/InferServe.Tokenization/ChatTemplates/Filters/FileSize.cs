using System.Globalization;
using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>The filter <c>filesizeformat(binary)</c>.</summary>
internal static class FileSize
{
    private static readonly string[] Decimal = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    private static readonly string[] Binary = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    public static JinjaValue Format(RenderState state, JinjaValue input, CallArguments arguments)
    {
        bool binary = arguments.Bind(state, "filesizeformat", "binary").Flag(0);
        double bytes = input switch
        {
            _ when Numbers.IsNumber(input) => Numbers.ToDouble(input),
            StringValue text when NumberText.TryFloat(text.Text, out double number) => number,
            UndefinedValue undefined => throw state.Fail(undefined.Reason),
            _ => throw state.Fail($"could not convert '{input.TypeName}' to float"),
        };
        double unit = binary ? 1024 : 1000;
        if (!double.IsFinite(bytes))
        {
            throw state.Fail("a file size must be a finite number");
        }

        if (bytes == 1)
        {
            return new StringValue("1 Byte");
        }

        if (bytes < unit)
        {
            return new StringValue($"{new BigInteger(bytes)} Bytes");
        }

        string[] names = binary ? Binary : Decimal;
        int index = 0;
        while (index < names.Length - 1 && bytes >= Math.Pow(unit, index + 2))
        {
            index++;
        }

        return new StringValue($"{(bytes / Math.Pow(unit, index + 1)).ToString("F1", CultureInfo.InvariantCulture)} {names[index]}");
    }
}
