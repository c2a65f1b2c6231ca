namespace InferServe.LoadTests.Workload;

/// <summary>The shapes of a <see cref="Distribution"/>.</summary>
internal enum DistributionShape
{
    Constant,
    Uniform,
    Normal,
    LogNormal,
}
