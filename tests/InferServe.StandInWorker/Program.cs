using InferServe.StandInWorker;

// A worker without a model, for tests of the gateway: it takes the real worker's settings, and misbehaves on demand.
// Files in its model folder say how it starts and lives (Behaviour), the prompt says how it answers (Answers).
var builder = WebApplication.CreateBuilder(args);
var settings = builder.Configuration.GetSection("Worker");
var behaviour = new Behaviour(settings["Model"]!);
if (behaviour.RefusalToStart is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return 3;
}

if (settings["Socket"] is { } socket)
{
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
}

var app = builder.Build();
app.MapGet("/health/live", async (CancellationToken cancellationToken) =>
{
    await behaviour.HangWhenTold(cancellationToken);
    return Results.Ok();
});
app.MapGet("/health/ready", () => behaviour.IsReady ? Results.Ok() : Results.StatusCode(503));
app.MapGet("/metrics", () => Results.Text("# HELP stand_in_up Always 1.\n# TYPE stand_in_up gauge\nstand_in_up{model=\"m\"} 1\n"));
var answers = new Answers(settings["Name"]!, behaviour);
app.MapPost("/v1/chat/completions", answers.AnswerAsync);
app.MapPost("/v1/completions", answers.AnswerAsync);
var parent = Task.Run(async () =>
{
    while (await Console.In.ReadLineAsync() is not null)
    {
    }

    if (!behaviour.IsStubborn)
    {
        app.Lifetime.StopApplication();
    }
});
await app.RunAsync();
return 0;
