namespace InferServe.Gateway.Registry;

/// <summary>When the workers of a model run.</summary>
internal enum LoadPolicy
{
    /// <summary>From the gateway's start to its end.</summary>
    Eager,

    /// <summary>From the first request until the model is idle or its memory is needed.</summary>
    OnDemand,
}
