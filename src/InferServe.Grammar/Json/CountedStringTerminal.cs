using InferServe.Grammar.Automata;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Json;

/// <summary>
/// A string of any content with a bounded number of characters, with its quotes. The count is part of the state's number, so long bounds
/// cost no memory. A character is a Unicode scalar value, as in JSON Schema (2020-12 validation, 6.3.1).
/// </summary>
internal sealed class CountedStringTerminal(int min, int? max) : Terminal
{
    /// <summary>Largest bound; state numbers must fit 32 bits.</summary>
    public const int MaxLength = 50_000_000;

    private static readonly Dfa s_string = JsonStrings.Free.Dfa;
    private static readonly int s_inside = s_string.Next(Dfa.Start, (byte)'"');

    // Counts above this one behave alike.
    private readonly int _lastCount = max ?? min;

    public override int Next(int state, byte value)
    {
        var (count, inner) = Math.DivRem(state, s_string.StateCount);
        if (inner == s_inside)
        {
            if (value == '"' ? count < min : count >= max)
            {
                return Dead;
            }

            count = Math.Min(value == '"' ? count : count + 1, _lastCount);
        }

        var next = s_string.Next(inner, value);
        return next == Dfa.Dead ? Dead : (count * s_string.StateCount) + next;
    }

    public override bool IsAccepting(int state) => s_string.IsAccepting(state % s_string.StateCount);

    public override bool Continues(int state) => s_string.Continues(state % s_string.StateCount);

    public override void Enter(Continuation continuation, StateBuilder builder) => builder.AddItem(this, Dfa.Start, continuation);

    /// <summary>
    /// The tokens of any string, without those that are too long for the room that is left and those that close the string too early or
    /// too late.
    /// </summary>
    public override TerminalMask? ComputeMask(int state, TerminalMasks masks, WorkMeter meter)
    {
        var (count, inner) = Math.DivRem(state, s_string.StateCount);
        if (inner != s_inside)
        {
            return null;
        }

        var any = masks.Get(JsonStrings.Free, s_inside, meter);
        var room = max - count ?? int.MaxValue;
        if (count >= min && room >= masks.LongestToken)
        {
            return any;
        }

        var restricted = masks.Restrict(any, path => Follow(state, path));
        return room < masks.LongestToken ? masks.WithoutLonger(restricted, room) : restricted;
    }
}
