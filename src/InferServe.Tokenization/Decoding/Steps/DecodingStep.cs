namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>
/// One step of decoding a sequence. Tokens come in as their text, in one part or in several, and an end each; what comes out goes to the
/// next step in the same way, as soon as it is certain. Nothing ends within a character.
/// </summary>
/// <param name="next">Takes what comes out; null for the last step.</param>
internal abstract class DecodingStep(DecodingStep? next)
{
    protected DecodingStep Next => next!;

    /// <summary>Takes text of the current token.</summary>
    public abstract void Write(string text);

    /// <summary>Ends the current token.</summary>
    public abstract void EndToken();

    /// <summary>Ends the sequence, after the end of its last token.</summary>
    public virtual void Finish() => Next.Finish();

    protected void Pass(string token)
    {
        Next.Write(token);
        Next.EndToken();
    }
}
