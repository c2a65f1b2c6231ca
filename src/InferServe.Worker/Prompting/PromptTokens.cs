using System.Text.RegularExpressions;
using InferServe.Contracts.Errors;
using InferServe.Tokenization;

namespace InferServe.Worker.Prompting;

/// <summary>Turns a prompt's text into tokens.</summary>
internal static class PromptTokens
{
    /// <exception cref="ApiException">400: the text takes the tokenizer's pattern too long.</exception>
    public static int[] Encode(Tokenizer tokenizer, string text, bool addSpecialTokens, string param)
    {
        try
        {
            return tokenizer.Encode(text, addSpecialTokens);
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new ApiException(
                ApiErrors.InvalidValue($"'{param}' takes the model's tokenizer more than {exception.MatchTimeout.TotalSeconds:0} s.", param), exception);
        }
    }
}
