namespace InferServe.Worker.Models;

/// <summary>The worker's model at one moment.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Model">The model, once it is loaded.</param>
internal sealed record ModelStatus(ModelPhase Phase, LoadedModel? Model)
{
    /// <summary>The phase as the rest of a sentence that begins with the model.</summary>
    public string Description => Phase switch
    {
        ModelPhase.Loading => "is loading",
        ModelPhase.Ready => "is ready",
        ModelPhase.Draining => "is shutting down",
        _ => "has failed to load",
    };
}
