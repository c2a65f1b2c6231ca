using InferServe.Gateway.Quotas;

namespace InferServe.UnitTests.Gateway.Quotas;

public sealed class MinuteWindowTests
{
    [Fact]
    public void Used_CellUntilSixtySecondsAfterItsEnd_Counts()
    {
        var window = new MinuteWindow();
        window.Add(100, 3);

        Assert.Equal(3, window.Used(100));
        Assert.Equal(3, window.Used(160));
        Assert.Equal(0, window.Used(161));
    }

    /// <summary>Whatever the moments: no 60 seconds hold more than the limit when nothing is added beyond it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Add_UpToTheLimitAtRandomMoments_NeverExceedsItInAnySixtySeconds(int seed)
    {
        const int Limit = 10;
        var random = new Random(seed);
        var window = new MinuteWindow();
        var accepted = new List<double>();
        for (var moment = 0.0; moment < 2_000; moment += random.NextDouble() * 5)
        {
            var second = (long)moment;
            if (window.Used(second) < Limit)
            {
                window.Add(second, 1);
                accepted.Add(moment);
            }
        }

        Assert.All(accepted, start => Assert.InRange(accepted.Count(moment => moment >= start && moment < start + 60), 1, Limit));
        Assert.True(accepted.Count > 250, $"Only {accepted.Count} of about 330 were let in.");
    }

    [Fact]
    public void SecondWithAtMost_Amount_IsTheFirstSecondWhenItHolds()
    {
        var window = new MinuteWindow();
        window.Add(10, 2);
        window.Add(20, 3);
        window.Add(30, 4);

        for (var most = 0; most < 12; most++)
        {
            var second = window.SecondWithAtMost(40, most);
            var copy = Copy(window, 40);
            Assert.True(copy.Used(second) <= most);
            Assert.True(second == 40 || Copy(window, 40).Used(second - 1) > most);
        }
    }

    [Fact]
    public void Used_ClockSetBack_StaysClosed()
    {
        var window = new MinuteWindow();
        window.Add(1_000, 5);

        Assert.Equal(5, window.Used(990));
        window.Add(990, 1);
        Assert.Equal(6, window.Used(1_000));
    }

    [Fact]
    public void Used_ClockWasADayAhead_IsClosedForOneWindow()
    {
        var window = new MinuteWindow();
        window.Add(87_400, 5);
        window.Add(87_401, 2);

        Assert.Equal(7, window.Used(1_000));
        Assert.Equal(1_000 + MinuteWindow.CellLife, window.SecondWithAtMost(1_001, 6));
        window.Add(1_010, 1);
        Assert.Equal(8, window.Used(1_060));
        Assert.Equal(1, window.Used(1_000 + MinuteWindow.CellLife));
    }

    private static MinuteWindow Copy(MinuteWindow window, long second)
    {
        var copy = new MinuteWindow();
        foreach (var (at, amount) in window.Cells(second).OrderBy(cell => cell.Second))
        {
            copy.Add(at, amount);
        }

        return copy;
    }
}
