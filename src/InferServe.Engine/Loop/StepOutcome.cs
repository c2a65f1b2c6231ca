using InferServe.Engine.Model;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;
using InferServe.Engine.Scheduling;

namespace InferServe.Engine.Loop;

/// <summary>Turns a step's logits into tokens: one for each sequence that decodes or whose prompt is complete, more where a draft was right.</summary>
internal sealed class StepOutcome(int vocabularySize, SequenceDelivery delivery, IEngineObserver observer)
{
    private readonly TokenChooser _chooser = new(vocabularySize);

    /// <summary>Starts what can be computed beside the model's run: grammar masks.</summary>
    public static void Prepare(ScheduledStep step)
    {
        foreach (StepPart part in step.Parts)
        {
            if (part.Samples)
            {
                part.Sequence.Sampling.Grammar?.Begin();
            }
        }
    }

    /// <summary>Chooses and publishes the tokens of a step that has run.</summary>
    public void Take(ScheduledStep step, StepLogits logits)
    {
        int entry = 0;
        foreach (StepPart part in step.Parts)
        {
            switch (part.Kind)
            {
                case StepKind.Verify:
                    Verify(part, logits, entry);
                    break;
                case StepKind.Prefill when part.Sequence.NeedsPromptLogprobs && !MeasurePrompt(part, logits, entry):
                    break;
                default:
                    if (part.Samples)
                    {
                        Advance(part.Sequence, logits[entry + part.Logits - 1]);
                    }

                    break;
            }

            entry += part.Logits;
        }
    }

    /// <summary>
    /// Chooses a token at each drafted position until one differs from the draft. Every token is chosen from the model's own distribution, so
    /// drafts change how many come at once and nothing else: for a guess without randomness this accepts exactly as often as rejection
    /// sampling does (Leviathan et al., Fast Inference from Transformers via Speculative Decoding, 2023).
    /// </summary>
    private void Verify(StepPart part, StepLogits logits, int entry)
    {
        Sequence sequence = part.Sequence;
        ReadOnlySpan<int> draft = part.Tokens.Span[1..];
        int accepted = 0;
        while (Advance(sequence, logits[entry + accepted]) && accepted < draft.Length && sequence.LastToken == draft[accepted])
        {
            sequence.Slot!.Length++;
            accepted++;
        }

        sequence.Drafts = sequence.Drafts.AfterDraft(draft.Length, accepted);
        observer.DraftVerified(sequence.Request, draft.Length, accepted);
    }

    /// <summary>Gives a sequence its next token; false when it ends.</summary>
    private bool Advance(Sequence sequence, Span<float> logits)
    {
        double unit = CounterRandom.Unit(sequence.Seed, sequence.SampleIndex, sequence.NextPosition);
        TokenChoice choice = _chooser.Choose(logits, sequence.Request, sequence.Sampling, sequence.GeneratedTokens, unit);
        if (choice.Failed)
        {
            delivery.Finish(sequence, FinishReason.Error, choice.Error);
            return false;
        }

        return delivery.Token(sequence, choice);
    }

    /// <summary>Measures the prompt's tokens, each by the logits of the position before; false when the sequence ends.</summary>
    private bool MeasurePrompt(StepPart part, StepLogits logits, int entry)
    {
        Sequence sequence = part.Sequence;
        ReadOnlySpan<int> prompt = sequence.Request.PromptTokens.Span;
        int first = sequence.Slot!.Length - part.Tokens.Length;
        for (int i = 0; i < part.Logits && first + i + 1 < prompt.Length; i++)
        {
            int position = first + i + 1;
            TokenChoice measured = _chooser.Measure(logits[entry + i], prompt[position], sequence.Request.PromptLogprobs!.Value);
            if (measured.Failed)
            {
                delivery.Finish(sequence, FinishReason.Error, measured.Error);
                return false;
            }

            sequence.Group.SetPromptLogprobs(position, measured.Logprobs!);
        }

        return true;
    }
}
