using InferServe.Grammar.Machine;
using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Constraints;

/// <summary>Follows one text from its first token to its end.</summary>
internal sealed class GrammarConstraint(CompiledGrammar grammar) : ITokenConstraint
{
    private readonly WorkMeter _meter = new(grammar.Machine.Limits);
    private MachineState _state = grammar.Machine.Start;
    private bool _ended;

    public bool AllowsEverything => false;

    /// <summary>Whether the text may end here, or has ended, or cannot go on with any token.</summary>
    public bool CanEnd => _ended || _state.CanEnd || grammar.Masks.AllowsNothing(_state, _meter);

    public void FillMask(Span<ulong> mask)
    {
        mask.Clear();
        if (!_ended)
        {
            grammar.Masks.AddTo(_state, mask, _meter);
        }

        if (CanEnd)
        {
            EndTokens.AddTo(mask, grammar.Vocabulary);
        }
    }

    public bool TryAccept(int token)
    {
        if (!grammar.Vocabulary.Contains(token))
        {
            return false;
        }

        if (grammar.Vocabulary.EndTokens.Contains(token))
        {
            _ended |= CanEnd;
            return _ended;
        }

        if (_ended || Next(token) is not { } next)
        {
            return false;
        }

        _state = next;
        return true;
    }

    private MachineState? Next(int token)
    {
        if (_state.Items.Any(item => item.Terminal is TokenTerminal) && grammar.Machine.NextToken(_state, token, _meter) is { } asked)
        {
            return asked;
        }

        var bytes = grammar.Vocabulary.BytesOf(token);
        _meter.BeginMask();
        return bytes.IsEmpty ? null : grammar.Machine.Next(_state, bytes, _meter);
    }
}
