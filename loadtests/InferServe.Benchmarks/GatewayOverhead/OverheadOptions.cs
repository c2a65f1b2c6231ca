using System.Globalization;

namespace InferServe.Benchmarks.GatewayOverhead;

/// <summary>What the gateway's benchmark measures.</summary>
internal sealed record OverheadOptions
{
    public const string Usage =
        "usage: InferServe.Benchmarks gateway --gateway <program> [--rounds 5] [--requests 2000] [--seconds 5] [--connections 64]";

    /// <summary>The gateway's program.</summary>
    public required string Gateway { get; init; }

    /// <summary>Times that each server has its turn.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Requests one after another in each turn, for the latency.</summary>
    public int Requests { get; init; } = 2_000;

    /// <summary>Seconds of each turn with all connections, for the throughput.</summary>
    public int Seconds { get; init; } = 5;

    /// <summary>Requests at the same time, for the throughput.</summary>
    public int Connections { get; init; } = 64;

    /// <exception cref="ArgumentException">An argument is unknown, or its value is missing or not a positive number.</exception>
    public static OverheadOptions Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] is not ("--gateway" or "--rounds" or "--requests" or "--seconds" or "--connections") || i + 1 == arguments.Length)
            {
                throw new ArgumentException($"\"{arguments[i]}\" is unknown or has no value; {Usage}");
            }

            values[arguments[i]] = arguments[i + 1];
        }

        string gateway = values.GetValueOrDefault("--gateway") ?? throw new ArgumentException(Usage);
        var defaults = new OverheadOptions { Gateway = gateway };
        return File.Exists(gateway)
            ? defaults with
            {
                Rounds = Number(values, "--rounds", defaults.Rounds),
                Requests = Number(values, "--requests", defaults.Requests),
                Seconds = Number(values, "--seconds", defaults.Seconds),
                Connections = Number(values, "--connections", defaults.Connections),
            }
            : throw new ArgumentException($"The gateway \"{gateway}\" does not exist; {Usage}");
    }

    private static int Number(Dictionary<string, string> values, string name, int otherwise) => !values.TryGetValue(name, out string? text)
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"{name} must be a positive whole number, is \"{text}\"; {Usage}");
}
