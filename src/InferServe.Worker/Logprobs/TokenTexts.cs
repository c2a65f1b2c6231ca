using System.Text;
using InferServe.Tokenization;

namespace InferServe.Worker.Logprobs;

/// <summary>Shows single tokens. Bytes that are no character by themselves show as U+FFFD in the text.</summary>
internal sealed class TokenTexts(Tokenizer tokenizer)
{
    public string Text(int token) => Encoding.UTF8.GetString(tokenizer.TokenBytes(token).Span);

    public int[] Bytes(int token) => Array.ConvertAll(tokenizer.TokenBytes(token).ToArray(), static value => (int)value);
}
