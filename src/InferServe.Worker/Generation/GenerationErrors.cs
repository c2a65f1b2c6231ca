using InferServe.Contracts.Errors;
using InferServe.Engine;
using InferServe.Engine.Requests;
using InferServe.Worker.Models;

namespace InferServe.Worker.Generation;

/// <summary>The error of a generation that the engine ended.</summary>
internal static class GenerationErrors
{
    /// <param name="reason">The engine's own explanation.</param>
    /// <param name="state">What the engine does with requests.</param>
    /// <param name="requestId">Under which the log has more.</param>
    public static ApiError OfEngine(string? reason, EngineState state, string requestId) => state is EngineState.Draining or EngineState.Stopped
        ? ApiErrors.ShuttingDown(ModelHost.RetryLater)
        : reason?.StartsWith(TokenOutput.GrammarFailed, StringComparison.Ordinal) is true
        ? ApiErrors.InvalidValue($"The form that the answer must have cannot be followed further. {reason[TokenOutput.GrammarFailed.Length..]}", param: null)
        : ApiErrors.Internal(requestId, $"The server ended the generation: {reason ?? "no reason given"}");
}
