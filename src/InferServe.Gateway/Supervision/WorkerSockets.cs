using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace InferServe.Gateway.Supervision;

/// <summary>
/// The Unix sockets of the workers: one file each in a directory that only this user may enter and that is removed at
/// the end; its name is made from the worker's id. The id is the host name under which HTTP clients reach it.
/// </summary>
internal sealed class WorkerSockets : IDisposable
{
    /// <summary>Bytes of a socket's path that every supported system allows.</summary>
    private const int MaxPathBytes = 103;

    /// <summary>Enough that no two of thousands of workers meet, and short, because temporary directories are long on some systems.</summary>
    private const int HashBytes = 6;

    private readonly SocketDirectory _directory = SocketDirectory.Create(Path.GetTempPath());

    /// <exception cref="InvalidOperationException">The paths of sockets are longer than the operating system allows.</exception>
    public WorkerSockets()
    {
        var path = PathOf("");
        var bytes = Encoding.UTF8.GetByteCount(path);
        if (bytes > MaxPathBytes)
        {
            _directory.Dispose();
            throw new InvalidOperationException(
                $"The socket path {path} has {bytes} bytes, more than {MaxPathBytes}; set TMPDIR to a shorter directory.");
        }
    }

    /// <summary>Where the worker listens. All paths are equally long, so that no model's name is too long for the operating system.</summary>
    public string PathOf(string workerId)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(workerId)), 0, HashBytes);
        return Path.Combine(_directory.Path, name + SocketDirectory.SocketExtension);
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
