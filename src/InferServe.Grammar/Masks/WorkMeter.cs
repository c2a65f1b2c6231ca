namespace InferServe.Grammar.Masks;

/// <summary>Counts the work that following one text causes, so that no grammar can hold up a server. Not thread-safe.</summary>
internal sealed class WorkMeter(GrammarLimits limits)
{
    private long _mask;
    private long _text;

    /// <summary>Begins to count for another mask.</summary>
    public void BeginMask() => _mask = 0;

    /// <exception cref="GrammarException">The mask, or the text, needs more work than it may.</exception>
    public void Spend(long steps)
    {
        _mask += steps;
        _text += steps;
        if (_mask > limits.MaxStepsPerMask)
        {
            throw new GrammarException(
                $"The text so far can be read in too many ways: the next token needs more than {nameof(GrammarLimits.MaxStepsPerMask)} = {limits.MaxStepsPerMask} steps.");
        }

        if (_text > limits.MaxStepsPerText)
        {
            throw new GrammarException($"Following the text needs more than {nameof(GrammarLimits.MaxStepsPerText)} = {limits.MaxStepsPerText} steps.");
        }
    }
}
