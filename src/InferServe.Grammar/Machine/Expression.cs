namespace InferServe.Grammar.Machine;

/// <summary>
/// A node of a compiled grammar: what may be written at a place. Immutable once <see cref="ExpressionAnalysis"/> has run over its graph.
/// </summary>
internal abstract class Expression
{
    /// <summary>The depth of an expression that matches no text.</summary>
    public const int Unproductive = int.MaxValue;

    /// <summary>Fewest stack levels that some text of the expression needs, or <see cref="Unproductive"/>.</summary>
    public int MinDepth { get; set; } = Unproductive;

    /// <summary>Whether the empty text matches.</summary>
    public bool IsNullable { get; set; }

    /// <summary>Position in an order in which an expression comes before those that it may begin with.</summary>
    public int Rank { get; set; }

    public bool IsProductive => MinDepth != Unproductive;

    /// <summary>What the expression is made of.</summary>
    public virtual IEnumerable<Expression> Parts => [];

    /// <summary>Those parts that may be entered before the first byte is read.</summary>
    public virtual IEnumerable<Expression> Beginnings => [];

    /// <summary>The value of <see cref="MinDepth"/> that follows from the present values of the parts.</summary>
    public abstract int ComputeMinDepth();

    /// <summary>The value of <see cref="IsNullable"/> that follows from the present values of the parts.</summary>
    public abstract bool ComputeIsNullable();

    /// <summary>Adds to the state under construction what may be written when the expression begins.</summary>
    /// <param name="continuation">What comes after it.</param>
    /// <param name="builder">The state under construction.</param>
    public abstract void Enter(Continuation continuation, StateBuilder builder);

    /// <summary>Forgets what was kept to be faster.</summary>
    public virtual void ClearCaches()
    {
    }

    protected static int OneDeeper(int depth) => depth == Unproductive ? Unproductive : depth + 1;
}
