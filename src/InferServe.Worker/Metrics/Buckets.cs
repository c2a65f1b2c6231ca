namespace InferServe.Worker.Metrics;

/// <summary>Upper bounds of the histograms' buckets, those of vLLM so that its dashboards can be used.</summary>
internal static class Buckets
{
    public static readonly double[] TimeToFirstToken =
        [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560];

    public static readonly double[] InterTokenLatency =
        [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80];

    /// <summary>Whole requests and their phases.</summary>
    public static readonly double[] Request =
        [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];

    /// <summary>Tokens of one request: 1, 2, 5, 10 … 200,000.</summary>
    public static readonly double[] RequestTokens =
        [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000];

    public static readonly double[] StepTokens = [1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384];

    public static readonly double[] StepRows = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
}
