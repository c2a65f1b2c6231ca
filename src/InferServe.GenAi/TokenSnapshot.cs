using InferServe.Engine.Model;

namespace InferServe.GenAi;

/// <summary>The tokens of a row: the library gives no keys and values away, so they are run again.</summary>
internal sealed class TokenSnapshot(IReadOnlyList<int> tokens) : KvSnapshot(tokens.Count)
{
    public IReadOnlyList<int> Tokens => tokens;

    public override void Dispose()
    {
    }
}
