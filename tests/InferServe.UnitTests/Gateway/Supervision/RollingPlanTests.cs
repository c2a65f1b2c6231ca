using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class RollingPlanTests
{
    [Theory]
    [InlineData(3, 0, 0, 0, 3, 0, 0)] // Nothing serves: all at once.
    [InlineData(1, 2, 2, 0, 0, 1, 0)] // Fewer replicas.
    [InlineData(0, 2, 1, 0, 0, 2, 0)] // Unloaded.
    [InlineData(0, 0, 0, 2, 0, 0, 2)] // Unloaded while it was being replaced.
    [InlineData(2, 0, 0, 2, 1, 0, 0)] // Replacement begins with one.
    [InlineData(2, 1, 0, 2, 0, 0, 0)] // It loads: all wait.
    [InlineData(2, 1, 1, 2, 1, 0, 1)] // It is ready: an old one goes, the next starts.
    [InlineData(2, 2, 2, 1, 0, 0, 1)] // The last old one goes.
    [InlineData(4, 0, 0, 1, 3, 0, 0)] // Of four three are missing anyway: they start at once.
    [InlineData(1, 0, 0, 3, 1, 0, 2)] // Replaced and fewer replicas.
    public void Decide_Situation_IsThePlan(int replicas, int current, int ready, int old, int start, int retireNew, int retireOld)
        => Assert.Equal(new RollingPlan(start, retireNew, retireOld), RollingPlan.Decide(replicas, current, ready, old));

    [Fact]
    public void Decide_AnyReplacement_EndsWithNewWorkersAndNeverHasFewerThanBefore()
    {
        for (var replicas = 1; replicas <= 5; replicas++)
        {
            var (current, ready, old) = (0, 0, replicas);
            for (var step = 0; old > 0 || ready < replicas; step++)
            {
                Assert.InRange(step, 0, 20);
                var plan = RollingPlan.Decide(replicas, current, ready, old);
                (current, old) = (current + plan.Start - plan.RetireNew, old - plan.RetireOld);
                Assert.True(ready + old >= replicas);
                Assert.True(current + old <= replicas + 1);
                ready = current;
            }

            Assert.Equal(replicas, current);
        }
    }
}
