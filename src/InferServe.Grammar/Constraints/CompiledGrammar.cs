using InferServe.Grammar.Machine;
using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Constraints;

/// <summary>A grammar whose whole text must match. Immutable and thread-safe.</summary>
internal sealed class CompiledGrammar(Vocabulary vocabulary, GrammarMachine machine) : IKeptGrammar
{
    public Vocabulary Vocabulary { get; } = vocabulary;

    public GrammarMachine Machine { get; } = machine;

    public MaskComputer Masks { get; } = new(vocabulary, machine);

    /// <summary>Memory taken, about.</summary>
    public long KeptBytes => Machine.KeptBytes + Masks.KeptBytes;

    public ITokenConstraint Start() => new GrammarConstraint(this);
}
