using System.Text;

namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>The last step: joins the text of all tokens.</summary>
internal sealed class TextCollector() : DecodingStep(null)
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public override void Write(string text) => _text.Append(text);

    /// <inheritdoc/>
    public override void EndToken()
    {
    }

    /// <inheritdoc/>
    public override void Finish()
    {
    }

    /// <summary>Takes the text that has come since the last call.</summary>
    public string Take()
    {
        string text = _text.ToString();
        _text.Clear();
        return text;
    }
}
