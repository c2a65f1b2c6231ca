namespace InferServe.Worker.Tools;

/// <summary>Finds the end of a call only if its begin looks like one, so that a text that merely begins alike is not held back for long.</summary>
/// <param name="check">True or false once it is clear whether the text begins like a call.</param>
/// <param name="inner">Finds the end of what does.</param>
internal sealed class CheckedEnd(CheckedEnd.Check check, CallEnd inner) : CallEnd
{
    private bool _checked;

    /// <returns>Null while the text is too short to tell.</returns>
    internal delegate bool? Check(ReadOnlySpan<char> text);

    public override int Find(ReadOnlySpan<char> text)
    {
        if (!_checked)
        {
            if (check(text) is not { } looksLikeCall)
            {
                return Unknown;
            }

            if (!looksLikeCall)
            {
                return None;
            }

            _checked = true;
        }

        return inner.Find(text);
    }

    /// <summary>Whether an object's first key is one of these.</summary>
    public static bool? FirstKey(ReadOnlySpan<char> text, IReadOnlyList<string> keys)
    {
        var rest = text[1..].TrimStart();
        if (rest.IsEmpty)
        {
            return null;
        }

        foreach (var key in keys)
        {
            var quoted = $"\"{key}\"";
            if (rest.StartsWith(quoted, StringComparison.Ordinal))
            {
                return true;
            }

            if (quoted.AsSpan().StartsWith(rest, StringComparison.Ordinal))
            {
                return null;
            }
        }

        return false;
    }

    /// <summary>Whether a list begins with a call of a function: <c>[name(</c>.</summary>
    public static bool? FirstFunction(ReadOnlySpan<char> text)
    {
        var rest = text[1..].TrimStart();
        var length = 0;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '_' or '.' or '-'))
        {
            length++;
        }

        return length == rest.Length ? null : length > 0 && rest[length] == '(';
    }
}
