using System.Globalization;
using InferServe.LoadTests.Http;
using InferServe.LoadTests.Running;

namespace InferServe.LoadTests.Reporting;

/// <summary>One line on the terminal that is written again while a run goes on.</summary>
internal sealed class TerminalProgress : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly TextWriter _terminal;
    private readonly string _title;
    private readonly double _end;
    private readonly CancellationTokenSource _stop = new();
    private Task _writing = Task.CompletedTask;

    /// <param name="terminal">Takes the line.</param>
    /// <param name="title">What runs.</param>
    /// <param name="end">Seconds after which nothing more is sent; may be infinite.</param>
    public TerminalProgress(TextWriter terminal, string title, double end)
    {
        _terminal = terminal;
        _title = title;
        _end = end;
    }

    public void Watch(RunClock clock, RunProgress progress) => _writing = WriteAsync(clock, progress);

    /// <summary>The line for a moment of the run.</summary>
    public static string Line(string title, double now, double end, (int Sent, int Ended, int Failed, long Tokens, double WorstLag) counts)
    {
        string time = double.IsFinite(end) ? Text($"{Math.Min(now, end):0} of {end:0} s") : Text($"{now:0} s");
        string drain = now > end ? ", waiting for answers" : "";
        return Text(
            $"{title}: {time}{drain} · {counts.Sent} sent · {counts.Sent - counts.Ended} in flight · {counts.Failed} failed · {counts.Tokens / Math.Max(now, 0.001):0} tokens/s · lag ≤ {counts.WorstLag * 1000:0.0} ms");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WriteAsync(RunClock clock, RunProgress progress)
    {
        while (await SessionRunner.DelayAsync(Period.TotalSeconds, _stop.Token).ConfigureAwait(false))
        {
            await _terminal.WriteAsync($"\r{Line(_title, clock.Now, _end, progress.Counts())}\e[K").ConfigureAwait(false);
        }

        await _terminal.WriteAsync("\r\e[K").ConfigureAwait(false);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
