using InferServe.Engine.Scheduling;

namespace InferServe.Engine.Loop;

/// <summary>What other threads ask of the engine thread.</summary>
internal abstract record EngineCommand
{
    /// <summary>Queue the samples of a request.</summary>
    public sealed record Submit(IReadOnlyList<Sequence> Samples) : EngineCommand;

    /// <summary>End a sequence because its caller is gone; nothing happens when it has ended already.</summary>
    public sealed record Abort(Sequence Sequence) : EngineCommand;

    /// <summary>End all sequences with an error.</summary>
    public sealed record AbortAll(string Error) : EngineCommand;

    /// <summary>End the loop.</summary>
    public sealed record Stop : EngineCommand;
}
