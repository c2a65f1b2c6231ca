using InferServe.Worker.Energy;

namespace InferServe.UnitTests.Worker.Energy;

public sealed class ProcessorShareTests
{
    [Fact]
    public void BusySeconds_LineOfTheKernel_LeavesOutIdleAndWaiting() =>
        Assert.Equal(1.0 + 2.0 + 3.0 + 6.0 + 7.0, ProcessorShare.BusySeconds("cpu  100 200 300 4000 5000 600 700 800 900 1000"));

    [Theory]
    [InlineData("")]
    [InlineData("cpu 1 2")]
    [InlineData("cpu 1 2 3 4 5 6 x")]
    public void BusySeconds_UnknownLine_IsRefused(string line) => Assert.Throws<EnergyException>(() => ProcessorShare.BusySeconds(line));

    [Fact]
    public void Take_OwnTimeOverAllTime_SinceTheLastCall()
    {
        (double own, double busy) = (10, 100);
        var share = new ProcessorShare(() => own, () => busy);
        Assert.Equal(0, share.Take());

        (own, busy) = (13, 104);
        Assert.Equal(0.75, share.Take());

        (own, busy) = (18, 108);
        Assert.Equal(1, share.Take());
    }

    [Fact]
    public void Take_ThisProcessWorking_IsMoreThanNothing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var share = ProcessorShare.OfThisProcess();
        var until = Environment.CpuUsage.TotalTime + TimeSpan.FromMilliseconds(100);
        while (Environment.CpuUsage.TotalTime < until)
        {
            Thread.SpinWait(1000);
        }

        Assert.InRange(share.Take(), 0.001, 1);
    }
}
