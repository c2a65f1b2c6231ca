using System.Text;
using System.Text.RegularExpressions;

namespace InferServe.Grammar;

/// <summary>Builds the grammar of tool calls that are JSON.</summary>
public static class ToolCallGrammar
{
    private const string Blank = "[ \\t\\r\\n]{0,8}";

    /// <summary>
    /// One call of one of the functions as <c>{"name": "f", "arguments": {…}}</c> between the format's texts, or several of them.
    /// </summary>
    /// <param name="format">How the model family writes calls.</param>
    /// <param name="functions">Names with their parameters as JSON Schema; at least one.</param>
    /// <param name="several">Whether more than one call may follow.</param>
    /// <param name="mark">What stands for prefix and suffix; by default their text.</param>
    public static GrammarExpression Create(
        ToolCallFormat format,
        IReadOnlyList<(string Name, string Parameters)> functions,
        bool several,
        Func<string, GrammarExpression>? mark = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        mark ??= GrammarExpression.Literal;
        var call = GrammarExpression.Sequence(Mark(format.Prefix, mark), AfterPrefix(format, functions, several && format.IsList, mark));
        var next = GrammarExpression.Sequence(White, GrammarExpression.Literal(format.Separator), White, call);
        return several && !format.IsList
            ? GrammarExpression.Sequence(call, GrammarExpression.Repeat(next, 0, format.MaxCalls - 1))
            : call;
    }

    /// <summary>What follows <see cref="ToolCallFormat.Prefix"/> in one call, or in a list of them: for a trigger on the prefix.</summary>
    /// <param name="format">How the model family writes calls.</param>
    /// <param name="functions">Names with their parameters as JSON Schema; at least one.</param>
    /// <param name="several">Whether a list may hold more than one call.</param>
    /// <param name="mark">What stands for the suffix; by default its text.</param>
    public static GrammarExpression AfterPrefix(
        ToolCallFormat format,
        IReadOnlyList<(string Name, string Parameters)> functions,
        bool several = true,
        Func<string, GrammarExpression>? mark = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(functions);
        var call = GrammarExpression.Choice([.. functions.Select(function => Object(format, function.Name, function.Parameters))]);
        var body = format.IsList ? List(call, several ? format.MaxCalls : 1) : call;
        var suffix = Mark(format.Suffix, mark ?? GrammarExpression.Literal);
        return format.Suffix.Length > 0
            ? GrammarExpression.Sequence(White, body, White, suffix)
            : GrammarExpression.Sequence(White, body);
    }

    private static GrammarExpression White => GrammarExpression.Regex(Blank);

    private static GrammarExpression Object(ToolCallFormat format, string name, string parameters) => GrammarExpression.Sequence(
        GrammarExpression.Regex($@"\{{{Blank}{Key(format.NameKey)}{Blank}:{Blank}{Key(name)}{Blank},{Blank}{Key(format.ArgumentsKey)}{Blank}:{Blank}"),
        GrammarExpression.Schema(parameters),
        GrammarExpression.Regex(Blank + @"\}"));

    private static GrammarExpression List(GrammarExpression call, int most) => GrammarExpression.Sequence(
        GrammarExpression.Regex(@"\[" + Blank),
        call,
        GrammarExpression.Repeat(GrammarExpression.Sequence(GrammarExpression.Regex($"{Blank},{Blank}"), call), 0, most - 1),
        GrammarExpression.Regex(Blank + @"\]"));

    private static GrammarExpression Mark(string text, Func<string, GrammarExpression> mark) =>
        text.Length == 0 ? GrammarExpression.Literal(text) : mark(text);

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
