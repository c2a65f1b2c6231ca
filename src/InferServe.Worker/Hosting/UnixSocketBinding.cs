using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace InferServe.Worker.Hosting;

/// <summary>Binds listening sockets; the file of a Unix domain socket is open to its owner alone from its first moment on.</summary>
internal static class UnixSocketBinding
{
    public static Socket Bind(EndPoint endpoint)
    {
        if (endpoint is not UnixDomainSocketEndPoint || endpoint.ToString() is not { } path)
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }

        // 1. A file that a killed process left behind would make the address count as used.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);

        // 2. Bound but not yet listening: nobody can have connected before the mode is set.
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return socket;
    }
}
