using InferServe.Benchmarks;
using InferServe.Benchmarks.GatewayOverhead;
using InferServe.Benchmarks.Peer;
using InferServe.OnnxRuntime;
using InferServe.Tokenization;

try
{
    // The gateway starts this program as its worker, with a worker's settings.
    if (args is ["stub-worker", ..] || args.Any(argument => argument.StartsWith("--Worker:Socket=", StringComparison.Ordinal)))
    {
        await StubWorker.RunAsync(args);
        return 0;
    }

    if (args is ["plain-proxy", .. var proxy])
    {
        await PlainProxy.RunAsync(proxy);
        return 0;
    }

    if (args is ["gateway", .. var gateway])
    {
        await new OverheadBenchmark(OverheadOptions.Parse(gateway), Console.Out).RunAsync();
        return 0;
    }

    if (args is ["grammar", .. var rest])
    {
        await GrammarBenchmark.Parse(rest, Console.Out).RunAsync();
        return 0;
    }

    if (args is ["tokenizer", .. var tokenizer])
    {
        await TokenizerBenchmark.Parse(tokenizer, Console.Out).RunAsync();
        return 0;
    }

    if (args is ["peer", .. var peer])
    {
        await new PeerBenchmark(PeerOptions.Parse(peer), Console.Out).RunAsync();
        return 0;
    }

    if (args is ["chunks", .. var chunks])
    {
        await new ChunkBenchmark(BenchmarkOptions.Parse(chunks).UseRuntime(), Console.Out).RunAsync();
        return 0;
    }

    if (args is ["mixed", .. var mixed])
    {
        await new MixedBenchmark(BenchmarkOptions.Parse(mixed).UseRuntime(), Console.Out).RunAsync();
        return 0;
    }

    var options = BenchmarkOptions.Parse(args).UseRuntime();
    await new Benchmark(options, Console.Out).RunAsync();
    return 0;
}
catch (Exception exception) when (exception is ArgumentException or ModelLoadException or TokenizerLoadException or FileNotFoundException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
