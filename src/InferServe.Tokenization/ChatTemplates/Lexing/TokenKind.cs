namespace InferServe.Tokenization.ChatTemplates.Lexing;

internal enum TokenKind
{
    /// <summary>Text outside of tags, after whitespace control.</summary>
    Data,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,

    /// <summary>An identifier or keyword; Jinja tells them apart by place only.</summary>
    Name,

    /// <summary>A string literal, its escapes already resolved.</summary>
    String,
    Integer,
    Float,
    Operator,
    EndOfFile,
}
