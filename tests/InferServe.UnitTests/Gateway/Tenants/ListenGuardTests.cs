using System.Net;
using InferServe.Gateway.Tenants;

namespace InferServe.UnitTests.Gateway.Tenants;

public sealed class ListenGuardTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("192.168.1.2", false)]
    public void IsLocal_Address_TellsWhetherOtherMachinesReachIt(string address, bool local)
        => Assert.Equal(local, ListenGuard.IsLocal(new IPEndPoint(IPAddress.Parse(address), 8000)));

    [Fact]
    public void Bind_OpenAddressWithoutKeys_IsRefusedWithTheWaysOut()
    {
        var exception = Assert.Throws<InvalidOperationException>(
            () => ListenGuard.Bind(new IPEndPoint(IPAddress.Any, 0), hasKeys: false, allowAnonymous: false));

        Assert.All(["0.0.0.0:0", "keys create", "keys.json", "localhost", "Gateway:AllowAnonymous=true"],
            part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }
}
