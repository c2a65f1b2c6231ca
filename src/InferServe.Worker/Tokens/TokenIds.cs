using InferServe.Contracts.Errors;

namespace InferServe.Worker.Tokens;

/// <summary>Checks token ids that a request gives.</summary>
internal static class TokenIds
{
    /// <exception cref="ApiException">400: an id is none of the model's.</exception>
    public static void Check(ReadOnlySpan<int> ids, int vocabularySize, string param)
    {
        for (var index = 0; index < ids.Length; index++)
        {
            if ((uint)ids[index] >= (uint)vocabularySize)
            {
                throw new ApiException(ApiErrors.InvalidValue(
                    $"'{param}' holds token ids of this model, 0 to {vocabularySize - 1}; the one at {index} is {ids[index]}.", param));
            }
        }
    }
}
