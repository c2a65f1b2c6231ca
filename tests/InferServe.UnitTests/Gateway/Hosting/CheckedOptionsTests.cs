using InferServe.Gateway.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InferServe.UnitTests.Gateway.Hosting;

public sealed class CheckedOptionsTests
{
    [Fact]
    public void Value_GoodSettings_AreBound() => Assert.Equal(7, Read(("Gateway:DrainSeconds", "7")).DrainSeconds);

    [Theory]
    [InlineData("Gateway:DrainSecond", "7", "Gateway:DrainSecond")]
    [InlineData("Gateway:DrainSeconds", "soon", "Gateway:DrainSeconds")]
    [InlineData("Gateway:DrainSeconds", "-1", "DrainSeconds")]
    [InlineData("Gateway:MaxRequestBodyBytes", "1", "MaxRequestBodyBytes")]
    public void Value_BadSetting_IsNamed(string name, string value, string expected)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read((name, value)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static GatewayOptions Read(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value))).Build());
        services.AddCheckedOptions<GatewayOptions>(GatewayOptions.Section);
        return services.BuildServiceProvider().GetRequiredService<IOptions<GatewayOptions>>().Value;
    }
}
