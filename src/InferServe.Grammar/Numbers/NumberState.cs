namespace InferServe.Grammar.Numbers;

/// <summary>How far a number has been read, and how its digits compare with the numbers of its constraint.</summary>
internal sealed class NumberState(NumberPhase phase, bool negative, bool nonzero, bool fraction, int position, int[] marks) : IEquatable<NumberState>
{
    public NumberPhase Phase => phase;

    public bool Negative => negative;

    /// <summary>Whether a digit other than 0 has been read.</summary>
    public bool Nonzero => nonzero;

    /// <summary>Whether a digit other than 0 has been read behind the point.</summary>
    public bool Fraction => fraction;

    /// <summary>Digits read in the present part, as far as it matters.</summary>
    public int Position => position;

    /// <summary>For each number compared with the sign of the comparison so far, then for each divisor the remainder, or -1 for never.</summary>
    public int[] Marks => marks;

    public bool Equals(NumberState? other) =>
        other is not null && other.Phase == phase && other.Negative == negative && other.Nonzero == nonzero && other.Fraction == fraction
        && other.Position == position && other.Marks.AsSpan().SequenceEqual(marks);

    public override bool Equals(object? obj) => Equals(obj as NumberState);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(phase);
        hash.Add(negative);
        hash.Add(nonzero);
        hash.Add(fraction);
        hash.Add(position);
        foreach (var mark in marks)
        {
            hash.Add(mark);
        }

        return hash.ToHashCode();
    }
}
