using System.Text;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>The filter <c>striptags</c>: drops comments and tags, and makes every run of blanks one blank.</summary>
internal static class TagStripper
{
    public static string Strip(string text)
    {
        string plain = Remove(Remove(text, "<!--", "-->"), "<", ">");
        return string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Drops what is between two marks, with the marks; an opening mark that is not closed stays.</summary>
    private static string Remove(string text, string open, string close)
    {
        var result = new StringBuilder(text.Length);
        int position = 0;
        int begin;
        int end;
        while ((begin = text.IndexOf(open, position, StringComparison.Ordinal)) >= 0
            && (end = text.IndexOf(close, begin, StringComparison.Ordinal)) >= 0)
        {
            result.Append(text, position, begin - position);
            position = end + close.Length;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
