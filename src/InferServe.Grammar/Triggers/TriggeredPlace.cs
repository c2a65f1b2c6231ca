using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Triggers;

/// <summary>Where a text with triggers stands: free with some part of a trigger seen, or within the grammar of a trigger.</summary>
/// <param name="Machine">Which grammar.</param>
/// <param name="State">Its state; null in free text.</param>
/// <param name="Seen">In free text, the state of the <see cref="TriggerFinder"/>.</param>
internal readonly record struct TriggeredPlace(int Machine, MachineState? State, int Seen)
{
    public static TriggeredPlace Free(int seen) => new(0, null, seen);
}
