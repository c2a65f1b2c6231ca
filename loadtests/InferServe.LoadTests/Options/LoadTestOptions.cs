using System.Globalization;

namespace InferServe.LoadTests.Options;

/// <summary>What the command line asks for. Each value has a documented default and range.</summary>
internal sealed record LoadTestOptions
{
    /// <summary>Base address of an OpenAI-compatible server, with its <c>/v1</c>.</summary>
    public Uri Url { get; init; } = new("http://localhost:8000/v1/");

    /// <summary>Value of the requests' <c>model</c> field.</summary>
    public string Model { get; init; } = "inferserve-nano";

    /// <summary>How many requests run at once in the concurrent half, 1 to 1024.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How many pairs of (sequential, concurrent) runs are measured, 1 to 1000.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Output tokens asked for by each request, 1 to 100000.</summary>
    public int MaxTokens { get; init; } = 64;

    /// <summary>Seed of the synthetic prompts.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Value of the <c>Authorization: Bearer</c> header, from the environment variable <c>OPENAI_API_KEY</c>.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The text that <c>--help</c> prints.</summary>
    public const string Usage = """
        Compares N requests one after another with the same N at once, on any OpenAI-compatible server.

          --url URL            base address, with /v1                (http://localhost:8000/v1)
          --model NAME         model to ask                          (inferserve-nano)
          --concurrency N      requests at once, 1-1024              (8)
          --rounds N           pairs of runs, 1-1000                 (3)
          --max-tokens N       output tokens per request, 1-100000   (64)
          --seed N             seed of the prompts                   (1)

        The key, where the server wants one, comes from the environment variable OPENAI_API_KEY.
        """;

    /// <summary>Reads <c>--name value</c> pairs.</summary>
    /// <exception cref="ArgumentException">An option is unknown, lacks its value, or its value is out of range.</exception>
    public static LoadTestOptions Parse(IReadOnlyList<string> arguments, string? apiKey)
    {
        var options = new LoadTestOptions { ApiKey = apiKey };
        for (int index = 0; index < arguments.Count; index += 2)
        {
            string name = arguments[index];
            if (index + 1 == arguments.Count)
            {
                throw new ArgumentException($"{name} needs a value.");
            }

            string value = arguments[index + 1];
            options = name switch
            {
                "--url" => options with { Url = Address(name, value) },
                "--model" => options with { Model = value },
                "--concurrency" => options with { Concurrency = Number(name, value, 1, 1024) },
                "--rounds" => options with { Rounds = Number(name, value, 1, 1000) },
                "--max-tokens" => options with { MaxTokens = Number(name, value, 1, 100_000) },
                "--seed" => options with { Seed = Number(name, value, int.MinValue, int.MaxValue) },
                _ => throw new ArgumentException($"Unknown option {name}; --help lists the options."),
            };
        }

        return options;
    }

    private static Uri Address(string name, string value)
    {
        return Uri.TryCreate(value.TrimEnd('/') + "/", UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw new ArgumentException($"{name} must be an http or https address; it is '{value}'.");
    }

    private static int Number(string name, string value, int least, int most)
    {
        return int.TryParse(value, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"{name} must be a whole number from {least} to {most}; it is '{value}'.");
    }
}
