using System.Net;
using System.Net.Sockets;
using InferServe.Gateway.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace InferServe.Gateway.Tenants;

/// <summary>
/// Keeps a gateway without keys from being reached by other machines unless its operator says so. It looks at the address of each
/// socket before the socket listens, so that no way of giving an address leads around it.
/// </summary>
internal static class ListenGuard
{
    /// <exception cref="InvalidOperationException">The address can be reached from other machines, there are no keys, and nobody allowed that.</exception>
    public static Socket Bind(EndPoint address, bool hasKeys, bool allowAnonymous)
        => hasKeys || allowAnonymous || IsLocal(address)
            ? SocketTransportOptions.CreateDefaultBoundListenSocket(address)
            : throw new InvalidOperationException(Refusal(address));

    internal static bool IsLocal(EndPoint address) => address switch
    {
        IPEndPoint ip => IPAddress.IsLoopback(ip.Address),
        UnixDomainSocketEndPoint => true,
        _ => false,
    };

    internal static string Refusal(EndPoint address)
        => $"The gateway does not listen on {address}, where other machines reach it, because it has no keys and would answer everybody. "
            + $"Make a key with `InferServe.Gateway keys create <name>` and put it into {KeysReader.FileName} beside the models file "
            + $"(or set {TenantsOptions.Section}:{nameof(TenantsOptions.ApiKey)}), listen on localhost only, "
            + $"or set {GatewayOptions.Section}:{nameof(GatewayOptions.AllowAnonymous)}=true.";
}
