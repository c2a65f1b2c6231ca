namespace InferServe.Tokenization.PreTokenization;

/// <summary>Which texts get the replacement of the space before them. The names are those of <c>tokenizer.json</c>.</summary>
internal enum PrependScheme
{
    /// <summary>The one with which the whole given text begins.</summary>
    First,

    /// <summary>None.</summary>
    Never,

    /// <summary>Every one, also after an added token.</summary>
    Always,
}
