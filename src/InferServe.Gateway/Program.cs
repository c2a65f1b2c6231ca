using InferServe.Gateway.Admin;
using InferServe.Gateway.Health;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Inspection;
using InferServe.Gateway.Metrics;
using InferServe.Gateway.Models;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Routing;
using InferServe.Gateway.Startup;
using InferServe.Gateway.Supervision;
using InferServe.Gateway.Tenants;
using InferServe.Gateway.Tracing;
using InferServe.Gateway.Usage;

if (args is ["health", .. var settings])
{
    return await HealthCommand.RunAsync(settings);
}

if (args is ["keys", .. var command])
{
    return KeysCommand.Run(command, Console.In, Console.Out, Console.Error);
}

if (args is ["inspect", .. var asked])
{
    return await InspectCommand.RunAsync(asked);
}

return await StartupFailure.GuardAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddGatewayHosting();
    builder.Services.AddModelRegistry(builder.Configuration);
    builder.Services.AddWorkerSupervision();
    builder.Services.AddModelRouting();
    builder.Services.AddGatewayMetrics();
    builder.Services.AddAdministration();
    builder.Services.AddTenants();
    builder.Services.AddUsage();
    builder.Services.AddTracing(builder.Configuration);
    builder.Services.AddHostedService<StartupBanner>();

    await using var app = builder.Build();
    app.UseGatewayMetrics();
    app.UseGatewayHosting();
    app.UseTenants();
    app.MapModelRouting();
    app.MapModels();
    app.MapHealth();
    app.MapGatewayMetrics();
    app.MapVersion();
    await app.RunAsync();
});
