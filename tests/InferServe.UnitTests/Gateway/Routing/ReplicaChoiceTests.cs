using InferServe.Gateway.Routing;

namespace InferServe.UnitTests.Gateway.Routing;

public sealed class ReplicaChoiceTests
{
    [Theory]
    [InlineData(new[] { 0, 0, 0 }, new[] { 3, 1, 2 }, 0.9, 1)] // Nobody knows the prompt: the least loaded.
    [InlineData(new[] { 0, 0, 0 }, new[] { 1, 1, 1 }, 0.5, 1)] // Equals: by chance.
    [InlineData(new[] { 0, 0, 0 }, new[] { 2, 1, 1 }, 0.99, 2)]
    [InlineData(new[] { 1, 4, 0 }, new[] { 0, 2, 0 }, 0.5, 1)] // Who knows most, a little load notwithstanding.
    [InlineData(new[] { 1, 4, 0 }, new[] { 1, 3, 0 }, 0.5, 2)] // Too much load.
    [InlineData(new[] { 0, 4, 0 }, new[] { 10, 15, 10 }, 0.0, 1)] // Half as much again is allowed.
    [InlineData(new[] { 0, 4, 0 }, new[] { 10, 16, 10 }, 0.0, 0)] // More is not.
    [InlineData(new[] { 4, 4, 0 }, new[] { 2, 1, 0 }, 0.5, 1)] // Two know the same: the less loaded of them.
    public void Choose_Situation_TakesTheWorker(int[] known, int[] requests, double chance, int chosen)
        => Assert.Equal(chosen, ReplicaChoice.Choose(known, requests, overloadFactor: 1.5, chance));

    [Theory]
    [InlineData(0, 1, 2, true)]
    [InlineData(0, 2, 2, true)]
    [InlineData(0, 3, 2, false)]
    [InlineData(1, 1, 2, true)]
    [InlineData(2, 2, 2, false)]
    [InlineData(0, 1, 0, false)]
    public void MayTryAnother_LostAndTriedWorkers_AreBounded(int lost, int tried, int retries, bool may)
        => Assert.Equal(may, RetryPolicy.MayTryAnother(lost, tried, retries));
}
