using System.Text;

namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>A step that needs to see each token as a whole.</summary>
internal abstract class WholeTokenStep(DecodingStep next) : DecodingStep(next)
{
    private readonly StringBuilder _token = new();

    /// <inheritdoc/>
    public sealed override void Write(string text) => _token.Append(text);

    /// <inheritdoc/>
    public sealed override void EndToken()
    {
        string token = _token.ToString();
        _token.Clear();
        Take(token);
    }

    protected abstract void Take(string token);
}
