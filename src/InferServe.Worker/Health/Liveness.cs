using System.Globalization;
using InferServe.Engine;

namespace InferServe.Worker.Health;

/// <summary>Tells a busy engine from a dead one.</summary>
internal static class Liveness
{
    /// <summary>So many failed steps in a row are no accident of one request.</summary>
    private const int MaxFailures = 5;

    /// <summary>What is wrong, as the rest of a sentence that begins with the model; null when nothing is.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="longestStep">How long a step may take.</param>
    public static string? Problem(EngineStatus engine, TimeSpan longestStep) => Standstill(engine, longestStep)
        ?? (engine.ConsecutiveFailures >= MaxFailures
            ? string.Create(CultureInfo.InvariantCulture, $"has failed: {engine.ConsecutiveFailures} steps in a row did not run")
            : null);

    /// <summary>The same without failed steps: those may pass, and only a further request can show it.</summary>
    /// <inheritdoc cref="Problem" path="/param"/>
    public static string? Standstill(EngineStatus engine, TimeSpan longestStep) => engine switch
    {
        { State: EngineState.Faulted } => "has failed: its engine has stopped",
        _ when engine.SinceProgress > longestStep =>
            string.Create(CultureInfo.InvariantCulture, $"is stuck: no step was completed for {engine.SinceProgress.TotalSeconds:0} s"),
        _ => null,
    };
}
