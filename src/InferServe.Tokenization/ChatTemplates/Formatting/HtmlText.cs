using System.Text;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>The escapes of MarkupSafe, which the filter <c>escape</c> and additions to a <c>safe</c> string apply.</summary>
internal static class HtmlText
{
    public static string Escape(string text) => text.AsSpan().IndexOfAny("&<>'\"") < 0
        ? text
        : new StringBuilder(text, text.Length + 16)
            .Replace("&", "&amp;")
            .Replace(">", "&gt;")
            .Replace("<", "&lt;")
            .Replace("'", "&#39;")
            .Replace("\"", "&#34;")
            .ToString();
}
