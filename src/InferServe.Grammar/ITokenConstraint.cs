namespace InferServe.Grammar;

/// <summary>
/// How far one sequence has come in its grammar. Not thread-safe, but any thread may use it, one at a time: the mask can be computed
/// beside the model's run, because it depends on the accepted tokens alone.
/// </summary>
public interface ITokenConstraint
{
    /// <summary>Whether every token is allowed now, so that no mask is needed.</summary>
    bool AllowsEverything { get; }

    /// <summary>
    /// Writes which tokens may come next: bit <c>t % 64</c> of word <c>t / 64</c> is set when token <c>t</c> may. At least one bit is set:
    /// the model's end tokens are allowed where the text may end.
    /// </summary>
    /// <param name="mask">Shape [(vocabulary size + 63) / 64]; overwritten whole.</param>
    void FillMask(Span<ulong> mask);

    /// <summary>Takes the next token. False, and nothing changes, when the grammar does not allow it.</summary>
    bool TryAccept(int token);
}
