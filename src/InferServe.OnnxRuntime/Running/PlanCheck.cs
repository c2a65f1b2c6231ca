using InferServe.Engine.Model;

namespace InferServe.OnnxRuntime.Running;

/// <summary>Guards native memory: a plan outside the rows, the context or the vocabulary never reaches the graph.</summary>
internal static class PlanCheck
{
    /// <exception cref="ArgumentException">The plan breaks a rule; the message names it with limit and value.</exception>
    public static void ThrowIfInvalid(StepPlan plan, int rows, int contextLength, int vocabularySize)
    {
        int used = plan.Prefill.Count;
        string? broken = null;
        foreach (var batch in plan.Decode)
        {
            used += batch.Logits;
            broken ??= BrokenRule(batch, rows, contextLength, vocabularySize);
        }

        for (int i = 0; broken is null && i < plan.Prefill.Count; i++)
        {
            broken = BrokenRule(plan.Prefill[i], rows, contextLength, vocabularySize);
        }

        if (broken is null && used > rows)
        {
            broken = $"a plan takes each row once, but this one takes {used} of {rows}";
        }

        if (broken is not null)
        {
            throw new ArgumentException($"The plan cannot be run: {broken}.", nameof(plan));
        }
    }

    private static string? BrokenRule(DecodeBatch batch, int rows, int contextLength, int vocabularySize)
    {
        if (batch.Count == 0 || batch.Positions.Length != batch.Count)
        {
            return $"a decode batch holds one token and one position for each of at least one row, "
                + $"got {batch.Count} tokens and {batch.Positions.Length} positions";
        }

        if (batch.IsPadded && batch.Count < 2)
        {
            return "a padded decode batch has a row beside the padding, got none";
        }

        // The row behind the last one exists for padding.
        string? broken = BrokenRowRule(batch.FirstRow, batch.Logits, rows) ?? BrokenTokenRule(batch.Tokens.Span, vocabularySize);
        foreach (int position in batch.Positions.Span)
        {
            broken ??= BrokenPositionRule(position, 1, contextLength);
        }

        return broken;
    }

    private static string? BrokenRule(PrefillChunk chunk, int rows, int contextLength, int vocabularySize)
    {
        return chunk.Tokens.IsEmpty
            ? "a prefill chunk holds at least one token"
            : chunk.Logits < 0 || chunk.Logits > chunk.Tokens.Length
            ? $"a chunk of {chunk.Tokens.Length} tokens has at most as many logits, got {chunk.Logits}"
            : BrokenRowRule(chunk.Row, 1, rows)
                ?? BrokenTokenRule(chunk.Tokens.Span, vocabularySize)
                ?? BrokenPositionRule(chunk.Position, chunk.Tokens.Length, contextLength);
    }

    private static string? BrokenRowRule(int first, int count, int rows)
    {
        return first >= 0 && first <= rows - count
            ? null
            : $"rows must be between 0 and {rows - 1}, got {first} … {(long)first + count - 1}";
    }

    private static string? BrokenPositionRule(int first, int count, int contextLength)
    {
        return first >= 0 && first <= contextLength - count
            ? null
            : $"positions must be between 0 and {contextLength - 1}, got {first} … {(long)first + count - 1}";
    }

    private static string? BrokenTokenRule(ReadOnlySpan<int> tokens, int vocabularySize)
    {
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)vocabularySize)
            {
                return $"tokens must be between 0 and {vocabularySize - 1}, got {token}";
            }
        }

        return null;
    }
}
