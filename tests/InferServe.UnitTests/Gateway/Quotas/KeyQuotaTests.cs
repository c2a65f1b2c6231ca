using InferServe.Gateway.Quotas;
using InferServe.Gateway.Tenants;

namespace InferServe.UnitTests.Gateway.Quotas;

public sealed class KeyQuotaTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TryEnter_SixtyFourThreadsAtOnce_LetsInExactlyAsManyAsAllowed()
    {
        var quota = new KeyQuota();
        var key = Key() with { RequestsPerMinute = 1_000, ConcurrentRequests = 64 };
        var entered = 0;

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 64 }, _ =>
        {
            for (var attempt = 0; attempt < 100; attempt++)
            {
                if (quota.TryEnter(key, 5, Start).Refusal is null)
                {
                    Interlocked.Increment(ref entered);
                    quota.Leave(5, 7, Start);
                }
            }
        });

        Assert.Equal(1_000, entered);
        Assert.Equal(7_000, quota.TakeChanged(Start)!.Sum(cell => cell.Tokens));
    }

    [Fact]
    public void TryEnter_RequestsUsedUp_FitsAgainAfterTheTimeSaid()
    {
        var quota = new KeyQuota();
        var key = Key() with { RequestsPerMinute = 2 };
        quota.TryEnter(key, 0, Start);
        quota.TryEnter(key, 0, Start.AddSeconds(10));

        var refusal = quota.TryEnter(key, 0, Start.AddSeconds(20)).Refusal!;

        Assert.Equal((QuotaKind.RequestsPerMinute, 2, 2), (refusal.Kind, refusal.Limit, refusal.Used));
        Assert.NotNull(quota.TryEnter(key, 0, Start.AddSeconds(20 + refusal.RetrySeconds - 1)).Refusal);
        Assert.Null(quota.TryEnter(key, 0, Start.AddSeconds(20 + refusal.RetrySeconds)).Refusal);
    }

    [Fact]
    public void TryEnter_RunningRequests_CountTheirExpectedTokens()
    {
        var quota = new KeyQuota();
        var key = Key() with { TokensPerMinute = 100 };

        Assert.Null(quota.TryEnter(key, 60, Start).Refusal);
        Assert.Equal(QuotaKind.TokensPerMinute, quota.TryEnter(key, 60, Start).Refusal?.Kind);
        quota.Leave(60, 30, Start);
        var decision = quota.TryEnter(key, 60, Start);

        Assert.Null(decision.Refusal);
        Assert.Equal(10, decision.Tokens!.Remaining);
    }

    [Fact]
    public void TryEnter_MoreTokensThanExpected_AreOwed()
    {
        var quota = new KeyQuota();
        var key = Key() with { TokensPerMinute = 100 };
        quota.TryEnter(key, 10, Start);
        quota.Leave(10, 500, Start);

        var decision = quota.TryEnter(key, 1, Start.AddSeconds(30));

        Assert.Equal((500, 31), (decision.Refusal!.Used, decision.Refusal.RetrySeconds));
        Assert.Equal(0, decision.Tokens!.Remaining);
        Assert.Null(quota.TryEnter(key, 1, Start.AddSeconds(61)).Refusal);
    }

    [Fact]
    public void TryEnter_OneRequestLargerThanTheLimit_GetsInWhenNothingElseCounts()
    {
        var quota = new KeyQuota();
        var key = Key() with { TokensPerMinute = 100 };

        var decision = quota.TryEnter(key, 10_000, Start);

        Assert.Equal((null, 100), (decision.Refusal, decision.ExpectedTokens));
        Assert.NotNull(quota.TryEnter(key, 1, Start).Refusal);
    }

    [Fact]
    public void TryEnter_Refused_UsesUpNothing()
    {
        var quota = new KeyQuota();
        var key = Key() with { RequestsPerMinute = 5, ConcurrentRequests = 1 };
        quota.TryEnter(key, 0, Start);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            Assert.Equal(QuotaKind.ConcurrentRequests, quota.TryEnter(key, 0, Start).Refusal?.Kind);
        }

        quota.Leave(0, 0, Start);

        Assert.Equal(3, quota.TryEnter(key, 0, Start).Requests!.Remaining);
    }

    [Fact]
    public void Restore_WhatWasTaken_CountsAsBefore()
    {
        var (before, after) = (new KeyQuota(), new KeyQuota());
        var key = Key() with { RequestsPerMinute = 3, TokensPerMinute = 100 };
        before.TryEnter(key, 0, Start);
        before.TryEnter(key, 0, Start.AddSeconds(1));
        before.Leave(0, 40, Start.AddSeconds(1));
        foreach (var cell in before.TakeChanged(Start.AddSeconds(2))!)
        {
            after.Restore(cell.Second, cell.Requests, cell.Tokens);
        }

        var decision = after.TryEnter(key, 0, Start.AddSeconds(3));

        Assert.Null(before.TakeChanged(Start.AddSeconds(2)));
        Assert.Equal((0, 60), (decision.Requests!.Remaining, decision.Tokens!.Remaining));
        Assert.NotNull(after.TryEnter(key, 0, Start.AddSeconds(3)).Refusal);
    }

    private static ApiKey Key() => new() { Name = "a", Tenant = "a", Digest = [] };
}
