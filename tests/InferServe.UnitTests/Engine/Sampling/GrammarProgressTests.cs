using InferServe.Engine.Sampling;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class GrammarProgressTests
{
    [Fact]
    public void Wait_AfterBegin_GivesTheMaskComputedByAnotherThread()
    {
        using var started = new ManualResetEventSlim();
        int? thread = null;
        var grammar = new TokenListGrammar(65)
        {
            OnFill = _ =>
            {
                thread = Environment.CurrentManagedThreadId;
                started.Set();
            },
        };
        using var progress = new GrammarProgress(grammar, 100);

        progress.Begin();
        started.Wait();
        ulong[] mask = progress.Wait().ToArray();

        Assert.Equal([0UL, 2UL], mask);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void Wait_PoolHasNotStarted_ComputesTheMaskItselfAndOnce()
    {
        var computed = new List<int>();
        var queued = new List<IThreadPoolWorkItem>();
        using var progress = new GrammarProgress(new TokenListGrammar(65) { OnFill = computed.Add }, 100, queued.Add);
        for (int token = 0; token < 2; token++)
        {
            progress.Begin();
            Assert.Equal([0UL, 2UL], progress.Wait().ToArray());
            progress.Accept(65);
        }

        queued.ForEach(item => item.Execute());

        Assert.Equal([0, 1], computed);
    }

    [Fact]
    public void Execute_ItemOfAnEarlierToken_ComputesTheMaskThatIsWantedNow()
    {
        var computed = new List<int>();
        var queued = new List<IThreadPoolWorkItem>();
        using var progress = new GrammarProgress(new TokenListGrammar(65) { OnFill = computed.Add }, 100, queued.Add);
        progress.Begin();
        progress.Wait();
        progress.Accept(65);
        progress.Begin();

        queued.ForEach(item => item.Execute());

        Assert.Equal([0, 1], computed);
        Assert.Equal([0UL, 2UL], progress.Wait().ToArray());
    }

    [Fact]
    public void Dispose_PoolHasNotStarted_WaitsForNothing()
    {
        var computed = new List<int>();
        var queued = new List<IThreadPoolWorkItem>();
        var progress = new GrammarProgress(new TokenListGrammar(65) { OnFill = computed.Add }, 100, queued.Add);
        progress.Begin();

        progress.Dispose();
        queued.ForEach(item => item.Execute());

        Assert.Empty(computed);
    }

    [Fact]
    public void Wait_Twice_ComputesOnceForEachToken()
    {
        var computed = new List<int>();
        using var progress = new GrammarProgress(new TokenListGrammar(1) { OnFill = computed.Add }, 10);
        for (int token = 0; token < 3; token++)
        {
            progress.Begin();
            progress.Wait();
            progress.Wait();
            progress.Accept(1);
        }

        Assert.Equal([0, 1, 2], computed);
    }
}
