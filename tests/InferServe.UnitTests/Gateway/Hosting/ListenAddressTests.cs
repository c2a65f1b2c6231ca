using InferServe.Gateway.Hosting;
using Microsoft.Extensions.Configuration;

namespace InferServe.UnitTests.Gateway.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("urls", "http://localhost:1", true)]
    [InlineData("http_ports", "8080", true)]
    [InlineData("https_ports", "8443", true)]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://localhost:1", true)]
    [InlineData("http_ports", "", false)]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections", "5", false)]
    public void IsConfigured_Setting_IsRecognized(string name, string value, bool configured)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

        Assert.Equal(configured, ListenAddress.IsConfigured(configuration));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8000", "http://localhost:8000")]
    [InlineData("http://[::]:8000/", "http://localhost:8000")]
    [InlineData("http://+:8000", "http://localhost:8000")]
    [InlineData("http://*:8000", "http://localhost:8000")]
    [InlineData("http://127.0.0.1:8000", "http://127.0.0.1:8000")]
    public void Callable_Address_CanBeCalledFromThisMachine(string address, string expected)
        => Assert.Equal(expected, ListenAddress.Callable(address));
}
