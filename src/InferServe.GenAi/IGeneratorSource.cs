namespace InferServe.GenAi;

/// <summary>A model in the GenAI library, which makes sequences.</summary>
internal interface IGeneratorSource : IDisposable
{
    /// <summary>An empty sequence.</summary>
    ISequenceGenerator Create();
}
