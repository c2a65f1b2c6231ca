using InferServe.Contracts.Workers;
using InferServe.Gateway.Usage;

namespace InferServe.Gateway.Routing;

/// <summary>
/// A read-only view of a stream of server-sent events that passes on whole events only. When the stream below breaks off,
/// the unfinished event is dropped, a farewell event takes its place and the stream ends. The worker's notes about usage are taken out.
/// </summary>
/// <param name="upstream">The stream below; owned.</param>
/// <param name="farewell">Makes the last event from what broke the stream off.</param>
/// <param name="expired">When cancelled, the stream counts as broken off.</param>
/// <param name="noted">Gets the newest note about usage.</param>
internal sealed class WholeEventStream(
    Stream upstream, Func<Exception, byte[]> farewell, CancellationToken expired, Action<UsageNote>? noted = null) : Stream
{
    private const int FirstCapacity = 4 * 1024;

    /// <summary>An event longer than this is passed on in parts.</summary>
    private const int MaxHeldBytes = 1024 * 1024;

    private byte[] _buffer = new byte[FirstCapacity];
    private int _length;
    private int _whole;
    private bool _ended;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_whole == 0 && !_ended)
        {
            await FillAsync(cancellationToken);
        }

        var count = Math.Min(_whole, buffer.Length);
        _buffer.AsMemory(0, count).CopyTo(buffer);
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
        _whole -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Events arrive asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Number of leading bytes that are complete events: up to and with the last blank line.</summary>
    internal static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        var lineFeeds = bytes.LastIndexOf("\n\n"u8);
        var carriageReturns = bytes.LastIndexOf("\r\n\r\n"u8);
        return Math.Max(lineFeeds < 0 ? 0 : lineFeeds + 2, carriageReturns < 0 ? 0 : carriageReturns + 4);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            upstream.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expired);
            var count = await upstream.ReadAsync(_buffer.AsMemory(_length), either.Token);
            _length += count;
            _ended = count == 0;
            _whole = WholeLength(_buffer.AsSpan(0, _length));
            TakeNotes();
            _whole = _ended || (_whole == 0 && _length >= MaxHeldBytes) ? _length : _whole;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _buffer = farewell(exception);
            _length = _whole = _buffer.Length;
            _ended = true;
        }
    }

    private void TakeNotes()
    {
        var kept = UsageComments.TakeOut(_buffer.AsSpan(0, _whole), out var note);
        if (note is { } newest)
        {
            _buffer.AsSpan(_whole, _length - _whole).CopyTo(_buffer.AsSpan(kept));
            _length -= _whole - kept;
            _whole = kept;
            noted?.Invoke(newest);
        }
    }
}
