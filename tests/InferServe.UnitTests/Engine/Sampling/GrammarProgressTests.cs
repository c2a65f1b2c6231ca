using InferServe.Engine.Sampling;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class GrammarProgressTests
{
    [Fact]
    public void Wait_AfterBegin_GivesTheMaskComputedByAnotherThread()
    {
        int? thread = null;
        using var progress = new GrammarProgress(new TokenListGrammar(65) { OnFill = _ => thread = Environment.CurrentManagedThreadId }, 100);

        progress.Begin();
        ulong[] mask = progress.Wait().ToArray();

        Assert.Equal([0UL, 2UL], mask);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
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
