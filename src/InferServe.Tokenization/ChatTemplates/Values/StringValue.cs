namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>
/// A string. <paramref name="isSafe"/> is what the filters <c>safe</c> and <c>escape</c> set: the string is HTML, so that a plain
/// string that is added to it gets escaped. Chat templates use it by habit, and the reference escapes; so do we.
/// </summary>
internal sealed class StringValue(string text, bool isSafe = false) : JinjaValue
{
    public static StringValue Empty { get; } = new("");

    public string Text { get; } = text;

    public bool IsSafe { get; } = isSafe;

    public override string TypeName => IsSafe ? "Markup" : "str";
}
