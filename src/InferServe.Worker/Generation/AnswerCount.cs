using System.Globalization;
using InferServe.Contracts.Errors;

namespace InferServe.Worker.Generation;

/// <summary>How many answers one request may ask for.</summary>
internal static class AnswerCount
{
    /// <summary>Refuses what no waiting makes possible.</summary>
    /// <param name="prompts">Number of prompts.</param>
    /// <param name="samples">Answers to each.</param>
    /// <param name="places">The most answers that the engine generates or keeps waiting at the same time.</param>
    /// <exception cref="ApiException">400: there are more answers than places.</exception>
    public static void ThrowIfNeverFits(int prompts, int samples, int places)
    {
        var answers = (long)prompts * samples;
        if (answers > places)
        {
            throw new ApiException(ApiErrors.InvalidValue(
                string.Create(CultureInfo.InvariantCulture,
                    $"The model takes at most {places} answers at the same time, running and waiting; {prompts} prompts with 'n' = {samples} make {answers}."),
                prompts > places || samples == 1 ? "prompt" : "n"));
        }
    }
}
