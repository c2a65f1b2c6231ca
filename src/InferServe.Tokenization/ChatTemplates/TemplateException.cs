namespace InferServe.Tokenization.ChatTemplates;

/// <summary>
/// A chat template is not valid, or its evaluation failed: for example it adds a list to a string because a
/// message's <c>content</c> is not what the template expects. The derived types tell the two special causes apart.
/// </summary>
public class TemplateException : Exception
{
    /// <param name="reason">What went wrong, in the words of Jinja and Python where those have words for it.</param>
    /// <param name="line">The line of the template, from 1; 0 when no line is at fault.</param>
    /// <param name="innerException">The cause, when another exception told of it.</param>
    public TemplateException(string reason, int line, Exception? innerException = null)
        : this(Describe(reason, line), reason, line, innerException)
    {
    }

    private protected TemplateException(string message, string reason, int line, Exception? innerException)
        : base(message, innerException)
    {
        Reason = reason;
        Line = line;
    }

    /// <summary>The cause without the line.</summary>
    public string Reason { get; }

    /// <summary>The line of the template, from 1; 0 when no line is at fault.</summary>
    public int Line { get; }

    private static string Describe(string reason, int line) =>
        line > 0 ? $"Chat template, line {line}: {reason}" : $"Chat template: {reason}";
}
