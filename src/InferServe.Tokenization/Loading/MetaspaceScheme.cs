using InferServe.Tokenization.PreTokenization;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads which texts Metaspace puts a space before. Old files have <c>add_prefix_space</c> instead of <c>prepend_scheme</c>.</summary>
internal static class MetaspaceScheme
{
    public static PrependScheme Of(JsonNode node)
    {
        bool addsPrefix = node.Flag("add_prefix_space", true);
        if (node.Find("prepend_scheme") is not { } scheme)
        {
            return addsPrefix ? PrependScheme.Always : PrependScheme.Never;
        }

        PrependScheme given = scheme.String() switch
        {
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            "always" => PrependScheme.Always,
            var other => throw scheme.Unsupported($"the scheme '{other}'", "first, never, always"),
        };
        return addsPrefix || given == PrependScheme.Never
            ? given
            : throw scheme.Error($"add_prefix_space is false, so '{scheme.String()}' contradicts it; 'never' does not");
    }
}
