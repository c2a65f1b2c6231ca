using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using InferServe.Contracts.Validation;
using InferServe.Gateway.Admin;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Logging;
using InferServe.Gateway.Metrics;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Routing;
using InferServe.Gateway.Supervision;
using InferServe.Gateway.Tenants;
using InferServe.Gateway.Usage;

namespace InferServe.UnitTests.Gateway.Hosting;

/// <summary>Keeps docs/configuration.md complete: every setting has a row with its range and default.</summary>
public sealed class ConfigurationPageTests
{
    private static readonly string[] Rows = File.ReadAllLines(Repository.PathOf("docs", "configuration.md"));

    [Theory]
    [InlineData(typeof(GatewayOptions), GatewayOptions.Section)]
    [InlineData(typeof(SupervisionOptions), SupervisionOptions.Section)]
    [InlineData(typeof(AdminOptions), AdminOptions.Section)]
    [InlineData(typeof(LogOptions), LogOptions.Section)]
    [InlineData(typeof(MetricsOptions), MetricsOptions.Section)]
    [InlineData(typeof(ServerOptions), ServerOptions.Section)]
    [InlineData(typeof(TenantsOptions), TenantsOptions.Section)]
    [InlineData(typeof(UsageOptions), UsageOptions.Section)]
    [InlineData(typeof(RoutingOptions), RoutingOptions.Section)]
    [InlineData(typeof(RequestLimits), "Worker:Limits")]
    public void Page_Options_HasARowForEachSetting(Type options, string section)
    {
        var defaults = Activator.CreateInstance(options);
        Assert.All(options.GetProperties().Where(property => property.CanWrite), property =>
        {
            var row = Row($"`{section}:{property.Name}`");
            if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            {
                Assert.Contains($"| {Text(range.Minimum)} to {Text(range.Maximum)} | {Text(property.GetValue(defaults)!)} |", row, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void Page_ModelProperties_HasARowForEach()
    {
        Assert.All(ModelsFileFormat.ModelProperties, name => Row($"`{name}`"));
        Assert.All(ModelsFileFormat.Integers, integer =>
            Assert.Contains($"| {Text(integer.Minimum)} to {Text(integer.Maximum)} |", Row($"`{integer.Name}`"), StringComparison.Ordinal));
    }

    [Fact]
    public void Page_KeyProperties_HasARowForEach()
    {
        Assert.All(KeysFileFormat.KeyProperties.Where(name => name is not KeysFileFormat.Name), name => Row($"`{name}`"));
        Assert.All(KeysFileFormat.Integers.Where(integer => integer.Minimum >= 0), integer =>
            Assert.Contains($"| {Text(integer.Minimum)} to {Text(integer.Maximum)} |", Row($"`{integer.Name}`"), StringComparison.Ordinal));
    }

    private static string Row(string setting)
        => Assert.Single(Rows, row => row.StartsWith($"| {setting}", StringComparison.Ordinal));

    private static string Text(object number)
        => number is long whole
            ? whole.ToString("#,0", CultureInfo.InvariantCulture)
            : Convert.ToDouble(number, CultureInfo.InvariantCulture).ToString("#,0.##", CultureInfo.InvariantCulture);
}
