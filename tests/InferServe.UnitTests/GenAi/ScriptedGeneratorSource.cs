using InferServe.GenAi;
using InferServe.UnitTests.Engine;

namespace InferServe.UnitTests.GenAi;

/// <summary>Stands for the native library: sequences that hold tokens, with the logits of <see cref="ScriptedRunner.LogitsOf"/>.</summary>
internal sealed class ScriptedGeneratorSource(ScriptedRunner model) : IGeneratorSource
{
    /// <summary>Sequences that are not disposed.</summary>
    public int Alive { get; private set; }

    /// <summary>Tokens run by all sequences together.</summary>
    public int TokensRun { get; private set; }

    /// <summary>Whether sequences can be rewound.</summary>
    public bool Rewinds { get; init; } = true;

    /// <summary>Called before each run; may throw.</summary>
    public Action? OnAppend { get; set; }

    public bool IsDisposed { get; private set; }

    public ISequenceGenerator Create()
    {
        Alive++;
        return new Sequence(this, model);
    }

    public void Dispose() => IsDisposed = true;

    private sealed class Sequence(ScriptedGeneratorSource source, ScriptedRunner model) : ISequenceGenerator
    {
        private readonly List<int> _tokens = [];

        public void Append(ReadOnlySpan<int> tokens)
        {
            source.OnAppend?.Invoke();
            Assert.False(tokens.IsEmpty, "an empty run");
            Assert.True(_tokens.Count + tokens.Length <= model.ContextLength, "the sequence is full");
            source.TokensRun += tokens.Length;
            _tokens.AddRange(tokens);
        }

        public bool TryRewind(int length)
        {
            Assert.InRange(length, 1, _tokens.Count);
            _tokens.RemoveRange(length, _tokens.Count - length);
            return source.Rewinds;
        }

        public void CopyLogits(Span<float> logits) => model.LogitsOf(_tokens).CopyTo(logits);

        public void Dispose() => source.Alive--;
    }
}
