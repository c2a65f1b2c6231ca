namespace InferServe.GenAi;

/// <summary>One sequence in the GenAI library: tokens go in, the logits of the last one come out.</summary>
internal interface ISequenceGenerator : IDisposable
{
    /// <summary>Runs the model over further tokens.</summary>
    /// <exception cref="Engine.Model.ModelRunException">The run failed; what the sequence holds is unknown.</exception>
    void Append(ReadOnlySpan<int> tokens);

    /// <summary>Forgets all tokens but the first ones.</summary>
    /// <returns>False, and the sequence is of no use any more, when the model cannot.</returns>
    bool TryRewind(int length);

    /// <summary>Copies the logits of the last token appended, shape [vocabulary].</summary>
    void CopyLogits(Span<float> logits);
}
