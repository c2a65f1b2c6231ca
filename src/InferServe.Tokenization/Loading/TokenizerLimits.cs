namespace InferServe.Tokenization.Loading;

/// <summary>What a tokenizer's files may hold at most. Real ones stay far below.</summary>
internal static class TokenizerLimits
{
    /// <summary>Size of <c>tokenizer.json</c> in bytes; the largest published ones have about 35 MB.</summary>
    public const int TokenizerJsonBytes = 256 * 1024 * 1024;

    /// <summary>Size of <c>tokenizer_config.json</c> in bytes; it may list some hundred thousand added tokens.</summary>
    public const int ConfigBytes = 64 * 1024 * 1024;

    /// <summary>Nesting of JSON values.</summary>
    public const int Nesting = 32;

    /// <summary>The highest token id; arrays are as long as that.</summary>
    public const int HighestId = (1 << 22) - 1;

    /// <summary>Length of an added token in UTF-16 units; it bounds the work for each character of a text.</summary>
    public const int AddedTokenLength = 1024;

    /// <summary>Length in UTF-8 bytes of a token of a model that looks for the tokens which each place of a text begins with; it bounds
    /// the work for each character.</summary>
    public const int SearchedTokenBytes = 1024;

    /// <summary>Length in UTF-16 units of what is looked for, put in or left out as it stands; it bounds how much a text can grow.</summary>
    public const int LiteralLength = 1024;

    /// <summary>Number of components in a sequence.</summary>
    public const int SequenceParts = 64;
}
