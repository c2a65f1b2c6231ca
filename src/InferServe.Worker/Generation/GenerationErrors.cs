using InferServe.Contracts.Errors;
using InferServe.Engine;
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
        : ApiErrors.Internal(requestId, $"The server ended the generation: {reason ?? "no reason given"}");
}
