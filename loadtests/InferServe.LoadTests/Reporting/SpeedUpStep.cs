using InferServe.LoadTests.Measuring;

namespace InferServe.LoadTests.Reporting;

/// <summary>What one number of requests showed.</summary>
/// <param name="Number">Requests at once, and one after another.</param>
/// <param name="SequentialSeconds">One after another.</param>
/// <param name="ConcurrentSeconds">At once.</param>
/// <param name="SpeedUp">Ratio of the two, by pairs.</param>
/// <param name="SequentialTokens">Output tokens per second one after another.</param>
/// <param name="ConcurrentTokens">Output tokens per second at once.</param>
/// <param name="ConcurrentFirstToken">Milliseconds, medians of the time to first token at once.</param>
/// <param name="DifferingAnswers">Answers whose text differs between the two ways.</param>
/// <param name="Answers">Answers each way.</param>
internal sealed record SpeedUpStep(
    int Number,
    Spread SequentialSeconds,
    Spread ConcurrentSeconds,
    Spread SpeedUp,
    Spread SequentialTokens,
    Spread ConcurrentTokens,
    Spread ConcurrentFirstToken,
    int DifferingAnswers,
    int Answers)
{
    public static SpeedUpStep Create(int number, IReadOnlyList<(RunResult Sequential, RunResult Concurrent)> pairs) => new(
        number,
        Spread.Of(pairs.Select(pair => pair.Sequential.Window.Length)),
        Spread.Of(pairs.Select(pair => pair.Concurrent.Window.Length)),
        Spread.Of(pairs.Select(pair => pair.Sequential.Window.Length / pair.Concurrent.Window.Length)),
        Spread.Of(pairs.Select(pair => Rate(pair.Sequential))),
        Spread.Of(pairs.Select(pair => Rate(pair.Concurrent))),
        Spread.Of(pairs.Select(pair => LatencyStats.Of(pair.Concurrent.Records.Select(record => record.TimeToFirstToken)).P50)),
        pairs.Sum(pair => Texts(pair.Sequential).Zip(Texts(pair.Concurrent)).Count(texts => texts.First != texts.Second)),
        pairs.Sum(pair => pair.Sequential.Records.Count));

    private static double Rate(RunResult run) => run.Records.Sum(record => (double)record.CompletionTokens) / run.Window.Length;

    private static IEnumerable<string> Texts(RunResult run) => run.Records.OrderBy(record => record.Session).Select(record => record.Text);
}
