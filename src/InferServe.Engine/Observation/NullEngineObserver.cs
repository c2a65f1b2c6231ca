namespace InferServe.Engine.Observation;

/// <summary>Hears nothing.</summary>
internal sealed class NullEngineObserver : IEngineObserver;
