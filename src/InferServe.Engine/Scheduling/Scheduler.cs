using InferServe.Engine.Kv;
using InferServe.Engine.Model;

namespace InferServe.Engine.Scheduling;

/// <summary>
/// Decides what each step runs: one token for every decoding sequence, then prompt chunks within the token budget, first come first
/// served. The budget goes to the oldest prompt until it is complete, then to the next; so between steps at most one prompt is
/// partly prefilled, which is what keeps the rows of <see cref="KvSlotPool"/> in order. A sequence holds a row only once it has
/// budget. Engine thread only.
/// </summary>
internal sealed class Scheduler(KvSlotPool slots, int prefillTokenBudget)
{
    private readonly LinkedList<Sequence> _waiting = [];
    private readonly List<Sequence> _running = [];

    /// <summary>Number of sequences that hold no row yet.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>The sequences that hold a row, oldest first.</summary>
    public IReadOnlyList<Sequence> Running => _running;

    /// <summary>All sequences: running, then waiting.</summary>
    public IEnumerable<Sequence> All => _running.Concat(_waiting);

    public void Enqueue(Sequence sequence) => _waiting.AddLast(sequence);

    /// <summary>Plans the next step; every running sequence is part of it. Admits waiting sequences.</summary>
    public ScheduledStep Plan()
    {
        Sequence? incomplete = _running.Find(s => s.PromptRemaining > 0);
        IReadOnlyList<RowMove> moves = slots.Compact(incomplete?.Slot);

        Sequence[] decoding = DecodingByRow();
        List<Sequence> sampled = [.. decoding];
        var prefilling = new List<Sequence>();
        var chunks = new List<PrefillChunk>();
        int budget = prefillTokenBudget;
        while ((incomplete ?? NextAdmissible()) is { } sequence)
        {
            int remaining = sequence.PromptRemaining;
            int length = SchedulingPolicy.ChunkLength(remaining, budget);
            if (length == 0)
            {
                break;
            }

            KvSlot slot = sequence.Slot ?? Admit(sequence);
            prefilling.Add(sequence);
            chunks.Add(new PrefillChunk(
                slot.Row, slot.Length, sequence.Request.PromptTokens.Slice(slot.Length, length), NeedsLogits: length == remaining));
            budget -= length;
            if (length < remaining)
            {
                break;
            }

            sampled.Add(sequence);
            incomplete = null;
        }

        return new ScheduledStep
        {
            Moves = moves,
            Plan = new StepPlan(DecodeBatchOf(decoding), chunks),
            Decoding = decoding,
            Prefilling = prefilling,
            Sampled = sampled,
            PrefillTokens = prefillTokenBudget - budget,
        };
    }

    /// <summary>Records that the step has run: its tokens are in KV memory.</summary>
    public static void Complete(ScheduledStep step)
    {
        foreach (Sequence sequence in step.Decoding)
        {
            sequence.Slot!.Length++;
        }

        for (int i = 0; i < step.Prefilling.Count; i++)
        {
            step.Prefilling[i].Slot!.Length += step.Plan.Prefill[i].Tokens.Length;
        }
    }

    /// <summary>Removes a sequence; its row is free for the next plan.</summary>
    public void Finish(Sequence sequence)
    {
        if (sequence.Slot is { } slot)
        {
            _running.Remove(sequence);
            slots.Free(slot);
        }
        else
        {
            _waiting.Remove(sequence);
        }

        sequence.End();
    }

    private Sequence? NextAdmissible() => slots.CanAllocate ? _waiting.First?.Value : null;

    private KvSlot Admit(Sequence sequence)
    {
        _waiting.RemoveFirst();
        _running.Add(sequence);
        KvSlot slot = slots.Allocate();
        sequence.Start(slot);
        return slot;
    }

    private Sequence[] DecodingByRow() =>
        [.. _running.Where(s => s.PromptRemaining == 0).OrderBy(s => s.Slot!.Row)];

    private static DecodeBatch? DecodeBatchOf(Sequence[] byRow) => byRow.Length == 0
        ? null
        : new DecodeBatch(
            byRow[0].Slot!.Row,
            Array.ConvertAll(byRow, s => s.LastToken),
            Array.ConvertAll(byRow, s => s.Slot!.Length));
}
