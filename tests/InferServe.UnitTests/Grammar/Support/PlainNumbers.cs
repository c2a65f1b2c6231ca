using System.Text.RegularExpressions;

namespace InferServe.UnitTests.Grammar.Support;

/// <summary>Spells whole numbers of a JSON text as grammars do: <c>2.0</c> becomes <c>2</c>. The value of the text stays the same.</summary>
internal static partial class PlainNumbers
{
    public static string In(string json) => StringOrWhole().Replace(json, match => match.Groups["whole"] is { Success: true } whole ? whole.Value : match.Value);

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""|(?<whole>-?\d+)\.0+(?![\d.eE])")]
    private static partial Regex StringOrWhole();
}
