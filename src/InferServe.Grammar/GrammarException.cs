namespace InferServe.Grammar;

/// <summary>
/// A grammar that cannot be compiled. The message is meant for the one who wrote the grammar: it names the keyword or construct, where
/// it stands (JSON pointer, or line and column), and, for a limit, its name, its value and what was given.
/// </summary>
public sealed class GrammarException : Exception
{
    public GrammarException(string message)
        : base(message)
    {
    }

    public GrammarException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public GrammarException()
    {
    }
}
