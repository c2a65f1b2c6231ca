namespace InferServe.IntegrationTests.Gateway;

/// <summary>Tests that take the whole machine and would disturb others.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
