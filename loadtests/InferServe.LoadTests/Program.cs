using InferServe.LoadTests.Options;
using InferServe.LoadTests.Reporting;
using InferServe.LoadTests.Running;
using InferServe.LoadTests.Workload;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(LoadTestOptions.Usage);
    return 0;
}

try
{
    LoadTestOptions options = LoadTestOptions.Parse(args, Environment.GetEnvironmentVariable("OPENAI_API_KEY"));
    using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
    var loop = new ClosedLoop(new ChatStreamClient(http, options, TimeProvider.System), TimeProvider.System);
    IReadOnlyList<string> prompts = PromptSet.Create(options.Concurrency, options.Seed);

    await loop.RunAsync(prompts, options.Concurrency, CancellationToken.None);
    var rounds = new List<(RunResult, RunResult)>();
    for (int round = 0; round < options.Rounds; round++)
    {
        RunResult sequential = await loop.RunAsync(prompts, 1, CancellationToken.None);
        rounds.Add((sequential, await loop.RunAsync(prompts, options.Concurrency, CancellationToken.None)));
    }

    SpeedUpReport.Write(Console.Out, rounds, options.Concurrency);
    return 0;
}
catch (Exception problem) when (problem is ArgumentException or HttpRequestException or TaskCanceledException)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
