using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Running;

/// <summary>Room for the logits of a step, and for those of runs that give more than the step wants; both grow to the most seen.</summary>
internal sealed class StepLogitsBuffers(int entries, int vocabularySize, TensorElementType type) : IDisposable
{
    private LogitsBuffer? _all;

    /// <summary>The entries of the step.</summary>
    public LogitsBuffer Step { get; private set; } = new(entries, vocabularySize, type);

    /// <summary>Makes sure that the step has room for some entries.</summary>
    public void Ensure(int entries)
    {
        if (Step.Entries < entries)
        {
            Step = Replace(Step, entries);
        }
    }

    /// <summary>Room for the logits of every row or position of one run.</summary>
    public LogitsBuffer All(int count)
    {
        if (_all is null || _all.Entries < count)
        {
            _all = Replace(_all, count);
        }

        return _all;
    }

    public void Dispose()
    {
        Step.Dispose();
        _all?.Dispose();
    }

    /// <summary>A larger buffer. The old one goes only when the new one is there: without memory for it, later runs still have the old one.</summary>
    private LogitsBuffer Replace(LogitsBuffer? old, int entries)
    {
        var larger = new LogitsBuffer(entries, vocabularySize, type);
        old?.Dispose();
        return larger;
    }
}
