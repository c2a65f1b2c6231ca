using System.Net.Sockets;
using System.Text;

namespace InferServe.Gateway.Supervision;

/// <summary>
/// The Unix sockets of the workers: one file each in a directory that only this user may enter and that is removed at
/// the end. A worker's id is the host name under which HTTP clients reach it.
/// </summary>
internal sealed class WorkerSockets : IDisposable
{
    /// <summary>Bytes of a socket's path that every supported system allows.</summary>
    private const int MaxPathBytes = 103;

    private readonly SocketDirectory _directory = SocketDirectory.Create(Path.GetTempPath());

    /// <exception cref="InvalidOperationException">The path is longer than the operating system allows.</exception>
    public string PathOf(string workerId)
    {
        var path = Path.Combine(_directory.Path, workerId + SocketDirectory.SocketExtension);
        return Encoding.UTF8.GetByteCount(path) <= MaxPathBytes
            ? path
            : throw new InvalidOperationException(
                $"The socket path {path} has more than {MaxPathBytes} bytes; set TMPDIR to a shorter directory.");
    }

    /// <summary>A handler whose connections go to the worker that the request's host names: HTTP/1.1, kept alive, never through a proxy.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint.Host, cancellationToken),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };

    public void Dispose() => _directory.Dispose();

    private async ValueTask<Stream> ConnectAsync(string workerId, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(PathOf(workerId)), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
