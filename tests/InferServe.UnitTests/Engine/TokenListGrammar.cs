using InferServe.Grammar;

namespace InferServe.UnitTests.Engine;

/// <summary>A grammar that allows one set of tokens at every place; misbehaves on demand.</summary>
internal sealed class TokenListGrammar(params int[] allowed) : ITokenGrammar
{
    /// <summary>Called by every computation of a mask, with the number of tokens accepted.</summary>
    public Action<int>? OnFill { get; init; }

    /// <summary>Whether an accepted token is refused.</summary>
    public bool RefusesAll { get; init; }

    public ITokenConstraint Start() => new Constraint(this);

    private sealed class Constraint(TokenListGrammar grammar) : ITokenConstraint
    {
        private int _accepted;

        public bool AllowsEverything => false;

        public void FillMask(Span<ulong> mask)
        {
            grammar.OnFill?.Invoke(_accepted);
            mask.Clear();
            foreach (int token in grammar.Allowed)
            {
                mask[token / 64] |= 1UL << (token % 64);
            }
        }

        public bool TryAccept(int token)
        {
            _accepted++;
            return !grammar.RefusesAll && grammar.Allowed.Contains(token);
        }
    }

    private int[] Allowed => allowed;
}
