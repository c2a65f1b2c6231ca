using InferServe.Engine.Kv;
using InferServe.Engine.Model;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;
using InferServe.Engine.Speculation;

namespace InferServe.Engine.Scheduling;

/// <summary>
/// The live state of one sample of a <see cref="GenerationRequest"/>. Changed by the engine thread only; other threads hold it as a handle
/// and read its <see cref="Output"/>.
/// </summary>
internal sealed class Sequence
{
    private const int FirstRoom = 64;

    private int[] _tokens;
    private int _count;
    private KvSnapshot? _snapshot;

    public Sequence(GenerationRequest request)
    {
        Request = request;
        _count = request.PromptTokens.Length;
        _tokens = new int[_count + Math.Min(FirstRoom, request.MaxTokens)];
        request.PromptTokens.CopyTo(_tokens);
        PrefillTarget = _count;
    }

    public GenerationRequest Request { get; }

    public required TokenOutputChannel Output { get; init; }

    /// <summary>The request's seed, or the one drawn for it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Which of the request's parallel samples.</summary>
    public required int SampleIndex { get; init; }

    /// <summary>All samples of the request.</summary>
    public required SampleGroup Group { get; init; }

    public required SamplingState Sampling { get; init; }

    public required SequenceClock Clock { get; init; }

    /// <summary>How long drafts should be.</summary>
    public DraftState Drafts { get; set; } = DraftState.Initial;

    public SequenceStatus Status { get; private set; } = SequenceStatus.Waiting;

    /// <summary>Place in the order of arrival.</summary>
    public long Arrival { get; set; }

    /// <summary>What the tenant has had so far.</summary>
    public TenantShare? Share { get; set; }

    /// <summary>The KV memory, while running.</summary>
    public KvSlot? Slot { get; private set; }

    /// <summary>How often the sequence has lost its row before its end.</summary>
    public int Preemptions { get; private set; }

    /// <summary>Prompt tokens that came from the prefix cache; null before the first start.</summary>
    public int? CachedPromptTokens { get; set; }

    /// <summary>Prompt and generated tokens.</summary>
    public ReadOnlyMemory<int> Tokens => _tokens.AsMemory(0, _count);

    /// <summary>Number of generated tokens.</summary>
    public int GeneratedTokens => _count - Request.PromptTokens.Length;

    /// <summary>The latest token: the input of the next decode step.</summary>
    public int LastToken => _tokens[_count - 1];

    /// <summary>How many of the tokens are run as prompt: those known when the sequence got its row for the first time or again.</summary>
    public int PrefillTarget { get; private set; }

    /// <summary>Tokens of the prompt whose keys and values are not in the row yet.</summary>
    public int PromptRemaining => Math.Max(0, PrefillTarget - (Slot?.Length ?? 0));

    /// <summary>Tokens that the row holds or will hold once the prompt is complete.</summary>
    public int ReservedTokens => Math.Max(PrefillTarget, Slot?.Length ?? 0);

    /// <summary>Position of the next token to generate, counted from the start of the prompt.</summary>
    public int NextPosition => _count;

    /// <summary>Whether tokens and logprobs must be the same bit for bit whatever runs beside the sequence.</summary>
    public bool IsReproducible => Request.Sampling.Seed is not null;

    /// <summary>Whether the prompt must be run whole, because the logits of its positions are wanted.</summary>
    public bool NeedsPromptLogprobs => GeneratedTokens == 0 && Group.MissesPromptLogprobs;

    /// <summary>With whom the sequence shares prefixes.</summary>
    public CacheScope Scope => new(Request.Adapter, Request.CacheSalt);

    public void Start(KvSlot slot)
    {
        Slot = slot;
        Status = SequenceStatus.Running;
    }

    public void Append(int token)
    {
        if (_count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _count * 2);
        }

        _tokens[_count++] = token;
    }

    /// <summary>Loses its row.</summary>
    /// <param name="snapshot">The row's keys and values; null when they are to be computed again.</param>
    public void Preempt(KvSnapshot? snapshot)
    {
        (Slot, Status, _snapshot) = (null, SequenceStatus.Waiting, snapshot);
        PrefillTarget = snapshot is null ? _count : PrefillTarget;
        Preemptions++;
    }

    /// <summary>What <see cref="Preempt"/> saved; the caller disposes it.</summary>
    public KvSnapshot? TakeSnapshot()
    {
        (KvSnapshot? snapshot, _snapshot) = (_snapshot, null);
        return snapshot;
    }

    public void End()
    {
        Slot = null;
        Status = SequenceStatus.Finished;
        TakeSnapshot()?.Dispose();
        Sampling.Dispose();
    }
}
