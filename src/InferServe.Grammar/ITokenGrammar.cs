namespace InferServe.Grammar;

/// <summary>A grammar compiled against one model's vocabulary. Immutable and thread-safe; many sequences may follow it at once.</summary>
public interface ITokenGrammar
{
    /// <summary>Begins the constraint of one sequence, before its first generated token.</summary>
    ITokenConstraint Start();
}
