namespace InferServe.Engine.Requests;

/// <summary>Why a sequence ended.</summary>
public enum FinishReason
{
    /// <summary>The model produced one of the request's stop tokens.</summary>
    Stop,

    /// <summary>The request's token limit or the model's context is used up.</summary>
    Length,

    /// <summary>The caller cancelled the request, or read its output so slowly that the engine did.</summary>
    Cancelled,

    /// <summary>A model run failed or the engine shut down; see <see cref="TokenOutput.Error"/>.</summary>
    Error,
}
