using InferServe.Engine.Kv;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;

namespace InferServe.Engine.Scheduling;

/// <summary>
/// The live state of one <see cref="GenerationRequest"/>. Changed by the engine thread only; other threads hold it as a handle and
/// read its <see cref="Output"/>.
/// </summary>
internal sealed class Sequence(GenerationRequest request, TokenOutputChannel output, ulong seed, SequenceClock clock)
{
    public GenerationRequest Request { get; } = request;

    public TokenOutputChannel Output { get; } = output;

    /// <summary>The request's seed, or the one drawn for it.</summary>
    public ulong Seed { get; } = seed;

    public SequenceClock Clock { get; } = clock;

    public SequenceStatus Status { get; private set; } = SequenceStatus.Waiting;

    /// <summary>The KV memory, while running.</summary>
    public KvSlot? Slot { get; private set; }

    /// <summary>Number of generated tokens.</summary>
    public int GeneratedTokens { get; private set; }

    /// <summary>The latest generated token: the input of the next decode step.</summary>
    public int LastToken { get; private set; }

    /// <summary>Prompt tokens whose keys and values are not in the row yet.</summary>
    public int PromptRemaining => Math.Max(0, Request.PromptTokens.Length - (Slot?.Length ?? 0));

    /// <summary>Position of the next token to generate, counted from the start of the prompt.</summary>
    public int NextPosition => Request.PromptTokens.Length + GeneratedTokens;

    public void Start(KvSlot slot)
    {
        Slot = slot;
        Status = SequenceStatus.Running;
    }

    public void Append(int token)
    {
        LastToken = token;
        GeneratedTokens++;
    }

    public void End()
    {
        Slot = null;
        Status = SequenceStatus.Finished;
    }
}
