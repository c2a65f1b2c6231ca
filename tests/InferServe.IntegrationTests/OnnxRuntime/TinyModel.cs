using System.Text.Json;
using InferServe.IntegrationTests.Gateway;
using InferServe.OnnxRuntime;

namespace InferServe.IntegrationTests.OnnxRuntime;

/// <summary>
/// The tiny random models of <c>tests/fixtures</c> with logits of an independent forward pass; written by
/// <c>python3 -m exporter fixtures</c>.
/// </summary>
internal sealed class TinyModel
{
    private static readonly string Fixtures = Path.Combine(Programs.Root, "tests", "fixtures");

    private TinyModel(string folder)
    {
        Folder = folder;
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "reference.json")));
        Tolerance = document.RootElement.GetProperty("tolerance").GetSingle();
        Prompt = Numbers(document.RootElement.GetProperty("prompt"), item => item.GetInt32());
        Greedy = Numbers(document.RootElement.GetProperty("greedy"), item => item.GetInt32());
        Logits = Numbers(document.RootElement.GetProperty("logits"), row => Numbers(row, item => item.GetSingle()));
    }

    /// <summary>Ways to write the same Llama, for theories.</summary>
    public static TheoryData<string> Llamas => ["fp32-positions", "int4-last", "int8-external", "fp16"];

    /// <summary>What other families have that Llama has not, for theories.</summary>
    public static TheoryData<string> Variants =>
        [.. Directory.GetDirectories(Path.Combine(Fixtures, "variants")).Select(folder => $"variants/{Path.GetFileName(folder)}").Order(StringComparer.Ordinal)];

    public string Folder { get; }

    /// <summary>How far a logit may be from <see cref="Logits"/>; it follows from the element type that the graph computes in.</summary>
    public float Tolerance { get; }

    public int[] Prompt { get; }

    /// <summary>The prompt's continuation by the most likely token.</summary>
    public int[] Greedy { get; }

    /// <summary>Logits after each token of the prompt.</summary>
    public float[][] Logits { get; }

    /// <summary>A folder of the fixtures; without a parent, one of the Llamas.</summary>
    public static TinyModel Of(string variant) => new(Path.Combine(Fixtures, variant.Contains('/', StringComparison.Ordinal) ? variant : $"tiny-llama/{variant}"));

    public OnnxModelRunner Load(int rows = 4)
    {
        return OnnxModelRunner.Load(ModelFolder.Open(Folder), new OnnxRunnerOptions { Rows = rows, Threads = 1 });
    }

    public void AssertLogits(Index position, ReadOnlySpan<float> logits) => RunnerSteps.AssertClose(Logits[position], logits, Tolerance);

    private static T[] Numbers<T>(JsonElement list, Func<JsonElement, T> read) => [.. list.EnumerateArray().Select(read)];
}
