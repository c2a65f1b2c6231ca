using System.Globalization;
using InferServe.OnnxRuntime;
using InferServe.OnnxRuntime.Devices;
using InferServe.OnnxRuntime.Running;

namespace InferServe.Benchmarks;

/// <summary>What to measure.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage =
        "usage: InferServe.Benchmarks --model <folder> [--prompts 128,512] [--streams 1,2,4,8,16] [--tokens 64] [--threads <n>] [--device cpu|cuda|webgpu] [--runtime <native library>]";

    /// <summary>The model folder.</summary>
    public required string Model { get; init; }

    /// <summary>Prompt lengths in tokens.</summary>
    public IReadOnlyList<int> Prompts { get; init; } = [128, 512];

    /// <summary>Numbers of streams at the same time.</summary>
    public IReadOnlyList<int> Streams { get; init; } = [1, 2, 4, 8, 16];

    /// <summary>Tokens that each stream generates.</summary>
    public int Tokens { get; init; } = 64;

    /// <summary>Threads of a run; null for as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary>What computes the model.</summary>
    public string Device { get; init; } = DeviceOptions.Cpu;

    /// <summary>A native library of ONNX Runtime instead of the package's own; null for that.</summary>
    public string? Runtime { get; init; }

    /// <summary>How the model is run.</summary>
    /// <param name="rows">Rows of KV memory.</param>
    public OnnxRunnerOptions Runner(int rows) => new() { Rows = rows, Threads = Threads, Device = new DeviceOptions { Name = Device } };

    /// <summary>Takes the native library that is asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public BenchmarkOptions UseRuntime()
    {
        if (Runtime is { } library)
        {
            NativeRuntime.Use(library);
        }

        return this;
    }

    /// <exception cref="ArgumentException">An argument is unknown, or its value is missing or not a positive number.</exception>
    public static BenchmarkOptions Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] is not ("--model" or "--prompts" or "--streams" or "--tokens" or "--threads" or "--device" or "--runtime") || i + 1 == arguments.Length)
            {
                throw new ArgumentException($"\"{arguments[i]}\" is unknown or has no value; {Usage}");
            }

            values[arguments[i]] = arguments[i + 1];
        }

        var defaults = new BenchmarkOptions { Model = values.GetValueOrDefault("--model") ?? throw new ArgumentException(Usage) };
        return defaults with
        {
            Prompts = values.TryGetValue("--prompts", out string? prompts) ? Numbers(prompts) : defaults.Prompts,
            Streams = values.TryGetValue("--streams", out string? streams) ? Numbers(streams) : defaults.Streams,
            Tokens = values.TryGetValue("--tokens", out string? tokens) ? Numbers(tokens)[0] : defaults.Tokens,
            Threads = values.TryGetValue("--threads", out string? threads) ? Numbers(threads)[0] : null,
            Device = values.GetValueOrDefault("--device", defaults.Device),
            Runtime = values.GetValueOrDefault("--runtime"),
        };
    }

    private static int[] Numbers(string text) => [.. text.Split(',').Select(part =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"\"{part}\" must be a positive whole number; {Usage}"))];
}
