namespace InferServe.Tokenization.ChatTemplates;

/// <summary>A template or its rendering went beyond one of the <see cref="TemplateLimits"/>.</summary>
public sealed class TemplateLimitException(string limit, string reason, int line) : TemplateException(reason, line)
{
    /// <summary>The name of the property of <see cref="TemplateLimits"/> that was exceeded.</summary>
    public string Limit { get; } = limit;
}
