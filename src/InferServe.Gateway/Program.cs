using InferServe.Gateway.Admin;
using InferServe.Gateway.Health;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Metrics;
using InferServe.Gateway.Models;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Routing;
using InferServe.Gateway.Startup;
using InferServe.Gateway.Supervision;

if (args is ["health", .. var settings])
{
    return await HealthCommand.RunAsync(settings);
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
    builder.Services.AddHostedService<StartupBanner>();

    await using var app = builder.Build();
    app.UseGatewayMetrics();
    app.UseGatewayHosting();
    app.MapModelRouting();
    app.MapModels();
    app.MapHealth();
    app.MapGatewayMetrics();
    app.MapVersion();
    await app.RunAsync();
});
