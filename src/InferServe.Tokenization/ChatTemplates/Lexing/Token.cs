namespace InferServe.Tokenization.ChatTemplates.Lexing;

/// <summary>A piece of a template. <paramref name="Line"/> counts from 1.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    public bool IsOperator(string text) => Kind == TokenKind.Operator && Text == text;

    public bool IsName(string text) => Kind == TokenKind.Name && Text == text;

    /// <summary>The token as error messages show it.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.EndOfFile => "end of template",
        TokenKind.Data => "template text",
        TokenKind.VariableBegin => "begin of print statement",
        TokenKind.VariableEnd => "end of print statement",
        TokenKind.BlockBegin => "begin of statement block",
        TokenKind.BlockEnd => "end of statement block",
        TokenKind.String => $"string '{(Text.Length > 40 ? Text[..40] + "..." : Text)}'",
        _ => $"'{Text}'",
    };
}
