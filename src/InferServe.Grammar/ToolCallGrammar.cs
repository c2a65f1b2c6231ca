using System.Text;
using System.Text.RegularExpressions;

namespace InferServe.Grammar;

/// <summary>Builds the grammar of tool calls in the forms that model families write.</summary>
public static class ToolCallGrammar
{
    private const string Blank = "[ \\t\\r\\n]{0,8}";

    /// <summary>
    /// One call of one of the functions as <c>{"name": "f", "arguments": {…}}</c> between the format's texts, or several of them.
    /// </summary>
    /// <param name="format">How the model family writes calls.</param>
    /// <param name="functions">Names with their parameters as JSON Schema; at least one.</param>
    /// <param name="several">Whether more than one call may follow.</param>
    public static GrammarExpression Create(ToolCallFormat format, IReadOnlyList<(string Name, string Parameters)> functions, bool several)
    {
        ArgumentNullException.ThrowIfNull(format);
        var body = AfterPrefix(format, functions);
        var call = GrammarExpression.Sequence(GrammarExpression.Literal(format.Prefix), body);
        return several
            ? GrammarExpression.Sequence(call, GrammarExpression.Repeat(GrammarExpression.Sequence(White, call), 0, format.MaxCalls - 1))
            : call;
    }

    /// <summary>What follows <see cref="ToolCallFormat.Prefix"/> in one call: for a trigger on the prefix.</summary>
    public static GrammarExpression AfterPrefix(ToolCallFormat format, IReadOnlyList<(string Name, string Parameters)> functions)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(functions);
        var calls = functions.Select(function => GrammarExpression.Sequence(
            GrammarExpression.Regex($@"\{{{Blank}{Key(format.NameKey)}{Blank}:{Blank}{Key(function.Name)}{Blank},{Blank}{Key(format.ArgumentsKey)}{Blank}:{Blank}"),
            GrammarExpression.Schema(function.Parameters),
            GrammarExpression.Regex(Blank + @"\}")));
        return GrammarExpression.Sequence(White, GrammarExpression.Choice([.. calls]), White, GrammarExpression.Literal(format.Suffix));
    }

    private static GrammarExpression White => GrammarExpression.Regex(Blank);

    private static string Key(string text)
    {
        var escaped = new StringBuilder("\"");
        foreach (var character in text)
        {
            escaped.Append(character is '"' or '\\' ? $"\\{character}" : character < ' ' ? $"\\u{(int)character:x4}" : character.ToString());
        }

        return Regex.Escape(escaped.Append('"').ToString());
    }
}
