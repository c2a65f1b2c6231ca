using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Hosting;

/// <summary>
/// The end of the gateway in order: (1) the web server accepts nothing new; (2) running requests have the drain time;
/// (3) streams still running then end with an error event; (4) a moment later every connection left is cut;
/// (5) the workers stop. The web server waits for (2) to (4), the host then stops the supervisor for (5).
/// </summary>
internal sealed class RequestDrain : IDisposable
{
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _expired;
    private readonly CancellationTokenSource _cut;

    public RequestDrain(IHostApplicationLifetime lifetime, IOptions<GatewayOptions> options, TimeProvider time)
    {
        Stopping = lifetime.ApplicationStopping;
        _expired = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var drainTime = TimeSpan.FromSeconds(options.Value.DrainSeconds);
        Stopping.Register(() =>
        {
            _expired.CancelAfter(drainTime);
            _cut.CancelAfter(drainTime + GoodbyeTime);
        });
    }

    /// <summary>Whether the administration keeps new requests away, until it says otherwise.</summary>
    public bool IsPaused { get; set; }

    /// <summary>The gateway was told to stop.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>The drain time is over: streams say so and end.</summary>
    public CancellationToken Expired => _expired.Token;

    /// <summary>What is still connected is cut.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Time the host allows for everything from the signal to the end.</summary>
    public static TimeSpan ShutdownTime(double drainSeconds, double stopSeconds)
        => TimeSpan.FromSeconds(drainSeconds + stopSeconds) + GoodbyeTime + Slack;

    public void Dispose()
    {
        _expired.Dispose();
        _cut.Dispose();
    }
}
