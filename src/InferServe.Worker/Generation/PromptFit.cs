using InferServe.Contracts.Errors;

namespace InferServe.Worker.Generation;

/// <summary>How much of the context is left for an answer.</summary>
internal static class PromptFit
{
    /// <summary>The most tokens to generate: what is asked for, but never more than the context has room for.</summary>
    /// <exception cref="ApiException">400: the prompt is empty, or leaves no room for a token.</exception>
    public static int MaxTokens(int promptTokens, long? asked, int contextLength, string param)
    {
        if (promptTokens == 0)
        {
            throw new ApiException(ApiErrors.InvalidValue($"'{param}' must make a prompt of at least one token.", param));
        }

        if (promptTokens >= contextLength)
        {
            throw new ApiException(ApiErrors.ContextLengthExceeded(promptTokens, contextLength, param));
        }

        return (int)Math.Min(asked ?? int.MaxValue, contextLength - promptTokens);
    }
}
