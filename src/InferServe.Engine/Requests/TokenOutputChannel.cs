using System.Threading.Channels;

namespace InferServe.Engine.Requests;

/// <summary>
/// The output of one sequence on its way from the engine thread to the reader. Writing never waits: it has room for
/// <c>maxLag</c> tokens that the reader has not taken, and one place more for the last item.
/// </summary>
internal sealed class TokenOutputChannel
{
    private readonly Channel<TokenOutput> _channel;
    private readonly int _maxLag;
    private int _claimed;

    public TokenOutputChannel(int maxLag)
    {
        _maxLag = maxLag;

        // Without synchronous continuations the reader's code never runs on the engine thread.
        _channel = Channel.CreateBounded<TokenOutput>(new BoundedChannelOptions(maxLag + 1)
        {
            SingleReader = true,
            SingleWriter = true,
            AllowSynchronousContinuations = false,
        });
    }

    /// <summary>Writes a token that is not the last; false when the reader lags too far.</summary>
    public bool TryWrite(TokenOutput output) => _channel.Reader.Count < _maxLag && _channel.Writer.TryWrite(output);

    /// <summary>Writes the last item and ends the stream.</summary>
    public void Complete(TokenOutput last)
    {
        _channel.Writer.TryWrite(last);
        _channel.Writer.TryComplete();
    }

    /// <summary>Reads everything, once.</summary>
    /// <exception cref="InvalidOperationException">The stream has been read before.</exception>
    public IAsyncEnumerable<TokenOutput> ReadAllAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _claimed, 1) != 0)
        {
            throw new InvalidOperationException("The output of a generation can be enumerated once only.");
        }

        return _channel.Reader.ReadAllAsync(cancellationToken);
    }
}
