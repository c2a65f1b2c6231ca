using InferServe.Engine.Kv;
using InferServe.Engine.Model;
using InferServe.Engine.Observation;
using InferServe.Engine.Speculation;

namespace InferServe.Engine.Scheduling;

/// <summary>
/// Decides what each step runs: one token for every decoding sequence, then prompt chunks within the budget of <see cref="PrefillPace"/>. The budget goes to
/// one prompt until it is complete, then to the next of <see cref="WaitingQueue"/>; so between steps at most one prompt is partly
/// prefilled, which is what keeps the rows of <see cref="KvSlotPool"/> in order. Sequences lose their rows when KV memory runs out
/// (<see cref="SchedulingPolicy.ChooseVictim"/>) and go on later. Engine thread only.
/// </summary>
internal sealed class Scheduler(KvMemory memory, SchedulerOptions options, IEngineObserver observer)
{
    // The logits of all positions of a chunk take memory.
    private const int LongestMeasuredChunk = 128;

    private readonly WaitingQueue _waiting = new();
    private readonly TenantShares _shares = new();
    private readonly List<Sequence> _running = [];
    private readonly PrefillPace _pace = new(options.PrefillTokenBudget, options.MixedStep);

    /// <summary>Number of sequences that hold no row.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>The sequences that hold a row, in the order in which they got it.</summary>
    public IReadOnlyList<Sequence> Running => _running;

    /// <summary>All sequences: running, then waiting.</summary>
    public IEnumerable<Sequence> All => _running.Concat(_waiting.All);

    public void Enqueue(Sequence sequence)
    {
        _shares.Join(sequence);
        _waiting.Arrive(sequence);
    }

    /// <summary>Plans the next step; every decoding sequence is part of it. Starts waiting sequences, preempts running ones.</summary>
    public ScheduledStep Plan()
    {
        // 1. Memory for what decodes.
        MakeRoom();
        Sequence? incomplete = _running.Find(s => s.PromptRemaining > 0);
        memory.Compact(incomplete?.Slot);

        // 2. Prompts, of running and of new sequences.
        List<StepPart> prompts = PlanPrompts(incomplete);

        // 3. What decodes, new sequences that need no prefill included; drafts run like chunks.
        Sequence[] decoding = [.. _running.Where(s => s.PromptRemaining == 0).OrderBy(s => s.Slot!.Row)];
        List<StepPart> drafts = PlanDrafts(decoding);
        Sequence[] plain = drafts.Count == 0 ? decoding : [.. decoding.Where(s => drafts.TrueForAll(d => d.Sequence != s))];
        List<StepPart> chunks = [.. drafts, .. prompts];
        return new ScheduledStep(
            new StepPlan(DecodeBatches.Of(plain, memory), chunks.ConvertAll(ChunkOf)),
            [.. plain.Select(s => new StepPart(s, StepKind.Decode, s.Tokens[^1..], Logits: 1, Samples: true)), .. chunks]);
    }

    /// <summary>Records that the step has run: its tokens are in KV memory, of a draft only the first.</summary>
    /// <param name="step">The step.</param>
    /// <param name="duration">What it took.</param>
    public void Complete(ScheduledStep step, TimeSpan duration)
    {
        _pace.Observe(step.DecodeRows > 0, step.PrefillTokens, duration);
        foreach (StepPart part in step.Parts)
        {
            Sequence sequence = part.Sequence;
            if (part.Kind == StepKind.Prefill)
            {
                sequence.Slot!.Prefilled(part.Tokens.Length);
                sequence.Share!.Service += SchedulingPolicy.ServiceCost(part.Tokens.Length, decoded: 0);
                if (sequence.PromptRemaining == 0)
                {
                    memory.Remember(sequence);
                }
            }
            else
            {
                sequence.Slot!.Length++;
                sequence.Share!.Service += SchedulingPolicy.ServiceCost(0, decoded: 1);
            }
        }
    }

    /// <summary>Removes a sequence; its row is free for the next plan.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="keep">Whether what its row holds may serve others.</param>
    public void Finish(Sequence sequence, bool keep)
    {
        // What can fail comes first: whoever ends the engine then finds the sequence among all others.
        KvSlot? slot = sequence.Slot;
        if (slot is not null)
        {
            if (keep)
            {
                memory.Remember(sequence);
            }

            memory.Free(slot);
        }

        sequence.End();
        TenantShares.Leave(sequence);
        if (slot is not null)
        {
            _running.Remove(sequence);
        }
        else
        {
            _waiting.Remove(sequence);
        }
    }

    private void MakeRoom()
    {
        while (_running.Count > 1 && Reserved() + _running.Count(s => s.PromptRemaining == 0) > memory.Capacity)
        {
            VictimKey[] keys = [.. _running.Select(s => new VictimKey(s.Request.Priority, s.IsReproducible, s.Arrival))];
            Preempt(_running[SchedulingPolicy.ChooseVictim(keys)]);
        }
    }

    private void Preempt(Sequence sequence)
    {
        // What prefill computed comes out the same when computed again; what decoding computed does not.
        KvSlot slot = sequence.Slot!;
        KvSnapshot? snapshot = sequence.IsReproducible && sequence.GeneratedTokens > 0 ? memory.Save(slot) : null;
        memory.Remember(sequence);
        memory.Free(slot);
        sequence.Preempt(snapshot);
        _running.Remove(sequence);
        _waiting.Return(sequence);
        observer.SequencePreempted(sequence.Request);
    }

    private List<StepPart> PlanPrompts(Sequence? incomplete)
    {
        var parts = new List<StepPart>();
        int budget = _pace.Budget(decodes: _running.Exists(s => s.PromptRemaining == 0));
        while ((incomplete ?? TryStart(budget)) is { } sequence)
        {
            int remaining = sequence.PromptRemaining;
            int length = SchedulingPolicy.ChunkLength(remaining, Math.Min(budget, LongestChunk(sequence)));
            if (length == 0)
            {
                if (remaining > 0)
                {
                    break;
                }

                continue; // It goes on where it was preempted.
            }

            bool completes = length == remaining;
            int logits = sequence.NeedsPromptLogprobs ? length : completes ? 1 : 0;
            ReadOnlyMemory<int> tokens = sequence.Tokens.Slice(sequence.Slot!.Length, length);
            parts.Add(new StepPart(sequence, StepKind.Prefill, tokens, logits, completes));
            budget -= length;
            if (!completes)
            {
                break;
            }

            incomplete = null;
        }

        return parts;
    }

    /// <summary>Gives the next waiting sequence a row, when there are row, memory and budget.</summary>
    private Sequence? TryStart(int budget)
    {
        if (!memory.CanAllocate || _waiting.Count == 0 || _waiting.Next() is not { } next
            || SchedulingPolicy.ChunkLength(next.PrefillTarget, budget) == 0)
        {
            return null;
        }

        long claimed = _running.Sum(s => SchedulingPolicy.TokensNeeded(s.ReservedTokens, TokensLeft(s)));
        long needed = SchedulingPolicy.TokensNeeded(next.NextPosition, TokensLeft(next));
        if (!SchedulingPolicy.CanStart(_running.Count, claimed, needed, memory.Capacity))
        {
            return null;
        }

        bool first = next.CachedPromptTokens is null;
        _waiting.Remove(next);
        _running.Add(next);
        memory.Start(next);
        if (first)
        {
            observer.PrefixLookedUp(next.Request, next.CachedPromptTokens ?? 0);
        }

        return next;
    }

    private List<StepPart> PlanDrafts(Sequence[] decoding)
    {
        var parts = new List<StepPart>();
        if (decoding.Length > options.DraftSequences)
        {
            return parts;
        }

        long free = memory.Capacity - Reserved() - decoding.Length;
        foreach (Sequence sequence in decoding.Where(s => !s.IsReproducible && s.Request.Grammar is null))
        {
            DraftState state = sequence.Drafts;
            int most = (int)Math.Min(Math.Min(state.Length, free), Math.Min(TokensLeft(sequence) - 1, options.LongestChunk - 1));
            (int start, int length) = state.Pause > 0 ? (0, 0) : PromptLookup.Find(sequence.Tokens.Span, most);
            if (length == 0)
            {
                sequence.Drafts = state.AfterPlainStep();
                continue;
            }

            free -= length;
            int[] tokens = [sequence.LastToken, .. sequence.Tokens.Span.Slice(start, length)];
            parts.Add(new StepPart(sequence, StepKind.Verify, tokens, tokens.Length, Samples: true));
        }

        return parts;
    }

    private long Reserved()
    {
        long tokens = 0;
        foreach (Sequence sequence in _running)
        {
            tokens += sequence.ReservedTokens;
        }

        return tokens;
    }

    private int TokensLeft(Sequence sequence) =>
        Math.Min(sequence.Request.MaxTokens - sequence.GeneratedTokens, options.ContextLength - sequence.NextPosition);

    private int LongestChunk(Sequence sequence) =>
        sequence.NeedsPromptLogprobs ? Math.Min(LongestMeasuredChunk, options.LongestChunk) : options.LongestChunk;

    private static PrefillChunk ChunkOf(StepPart part) =>
        new(part.Sequence.Slot!.Row, part.Sequence.Slot.Length, part.Tokens, part.Logits) { Adapter = part.Sequence.Request.Adapter };
}
