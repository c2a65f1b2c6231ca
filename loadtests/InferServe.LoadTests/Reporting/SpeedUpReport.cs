using System.Globalization;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Running;

namespace InferServe.LoadTests.Reporting;

/// <summary>Prints the pairs of runs as a Markdown table and the speed-up of each pair.</summary>
internal static class SpeedUpReport
{
    public static void Write(TextWriter output, IReadOnlyList<(RunResult Sequential, RunResult Concurrent)> rounds, int concurrency)
    {
        output.WriteLine("| run | seconds | output tokens/s | first token p50 / p99 ms | between chunks p50 / p99 ms |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach ((RunResult sequential, RunResult concurrent) in rounds)
        {
            WriteRow(output, "one after another", sequential);
            WriteRow(output, $"{concurrency} at once", concurrent);
        }

        double[] ratios = [.. rounds.Select(round => round.Sequential.Duration / round.Concurrent.Duration)];
        int differing = rounds.Sum(Differing);
        output.WriteLine();
        output.WriteLine(Text($"speed-up of {concurrency} at once: median {Percentiles.Of(ratios, 50):F2} (from {ratios.Min():F2} to {ratios.Max():F2})"));
        output.WriteLine(Text($"answers that differ between the two ways: {differing} of {rounds.Sum(round => round.Sequential.Requests.Count)}"));
    }

    private static int Differing((RunResult Sequential, RunResult Concurrent) round)
    {
        return round.Sequential.Requests.Zip(round.Concurrent.Requests).Count(pair => pair.First.Text != pair.Second.Text);
    }

    private static void WriteRow(TextWriter output, string name, RunResult run)
    {
        double[] first = [.. run.Requests.Select(request => request.TimeToFirstToken * 1000)];
        double[] gaps = [.. run.Requests.SelectMany(request => request.InterTokenLatencies).Select(gap => gap * 1000)];
        output.WriteLine(Text(
            $"| {name} | {run.Duration:F2} | {run.TokensPerSecond:F0} | {Percentiles.Of(first, 50):F1} / {Percentiles.Of(first, 99):F1} | {Percentiles.Of(gaps, 50):F1} / {Percentiles.Of(gaps, 99):F1} |"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
