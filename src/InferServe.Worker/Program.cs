using InferServe.Worker.Chat;
using InferServe.Worker.Completions;
using InferServe.Worker.Errors;
using InferServe.Worker.Generation;
using InferServe.Worker.Health;
using InferServe.Worker.Hosting;
using InferServe.Worker.Inspection;
using InferServe.Worker.Metrics;
using InferServe.Worker.Models;
using InferServe.Worker.Requests;
using InferServe.Worker.Tokens;
using InferServe.Worker.Tracing;

if (args is ["inspect", .. var asked])
{
    return InspectCommand.Run(asked, Console.Out, Console.Error);
}

return await WorkerProcess.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddHosting().AddListener();
    builder.Services.AddModel().AddGeneration().AddChat().AddCompletions().AddTokens().AddWorkerMetrics().AddTracing(builder.Configuration);

    var app = builder.Build();
    app.UseRequestIds().UseApiErrors();
    app.MapChat().MapCompletions().MapTokens().MapModels().MapHealth().MapWorkerMetrics();
    return app;
});
