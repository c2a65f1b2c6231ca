using InferServe.Grammar.Constraints;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Triggers;

/// <summary>Follows one text that is free until a trigger.</summary>
internal sealed class TriggeredConstraint(TriggeredTokenGrammar grammar) : ITokenConstraint
{
    private readonly WorkMeter _meter = grammar.NewMeter();
    private TriggeredPlace _place = TriggeredPlace.Free(0);
    private bool _ended;

    public bool AllowsEverything => !_ended && _place.State is null && grammar.RefusedAt(_place.Seen).IsEmpty;

    public void FillMask(Span<ulong> mask)
    {
        mask.Clear();
        if (_ended)
        {
            EndTokens.AddTo(mask, grammar.Vocabulary);
            return;
        }

        if (_place.State is { } state)
        {
            grammar.Masks[_place.Machine].AddTo(state, mask, _meter);
            RemoveRefused(mask);
            if (!mask.ContainsAnyExcept(0UL))
            {
                EndTokens.AddTo(mask, grammar.Vocabulary);
            }

            return;
        }

        mask.Fill(ulong.MaxValue);
        var rest = grammar.Vocabulary.Size & 63;
        if (rest != 0)
        {
            mask[grammar.Vocabulary.MaskWords - 1] = (1UL << rest) - 1;
        }

        grammar.RefusedAt(_place.Seen).RemoveFrom(mask);
    }

    public bool TryAccept(int token)
    {
        if (!grammar.Vocabulary.Contains(token))
        {
            return false;
        }

        if (_ended || grammar.Vocabulary.EndTokens.Contains(token))
        {
            var isEnd = grammar.Vocabulary.EndTokens.Contains(token);
            _ended |= isEnd && (_place.State is null || IsStuck(_place.State));
            return isEnd && _ended;
        }

        if (Next(token) is not { } next)
        {
            return false;
        }

        _place = next;
        return true;
    }

    private TriggeredPlace? Next(int token)
    {
        _meter.BeginMask();
        if (grammar.NextToken(_place, token, _meter) is { } asked)
        {
            return asked;
        }

        var bytes = grammar.Vocabulary.BytesOf(token);
        if (bytes.IsEmpty)
        {
            // A control token in free text interrupts whatever part of a trigger has been seen.
            return _place.State is null ? TriggeredPlace.Free(0) : null;
        }

        return grammar.Next(_place, bytes, _meter);
    }

    private bool IsStuck(MachineState state) => grammar.Masks[_place.Machine].AllowsNothing(state, _meter);

    /// <summary>
    /// A token may reach from the grammar into the free text behind it, and hold another trigger there with something that its grammar
    /// does not allow. Only tokens that hold a whole trigger can.
    /// </summary>
    private void RemoveRefused(Span<ulong> mask)
    {
        foreach (var token in grammar.TokensWithTrigger)
        {
            if ((mask[token >> 6] >> (token & 63) & 1) != 0 && Next(token) is null)
            {
                mask[token >> 6] &= ~(1UL << (token & 63));
            }
        }
    }
}
