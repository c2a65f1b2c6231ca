using System.Text.Json;
using InferServe.IntegrationTests.OnnxRuntime;

namespace InferServe.IntegrationTests.Gateway;

/// <summary><c>inspect</c> of the gateway's program, which has the worker's look at the folder.</summary>
public sealed class InspectTests
{
    [Fact]
    public async Task Inspect_EmbeddedModel_TellsWhatItIsAndNeeds()
    {
        var (exitCode, output) = await GatewayProcess.RunToEndAsync("inspect", Path.Combine(Programs.Root, "models", "inferserve-nano"), "--sequences", "4");

        Assert.Equal(0, exitCode);
        foreach (var line in new[] { "family      llama", "tokenizer   BPE", "tool calls  hermes", "memory      ", "verdict     can be served: it was loaded and run" })
        {
            Assert.Contains(line, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Inspect_Json_GivesNumbersThatAProgramCanRead()
    {
        var (exitCode, output) = await GatewayProcess.RunToEndAsync(
            "inspect", TinyModel.Of("variants/gemma3-fp16").Folder, "--json", "--context", "32", "--sequences", "2");

        // The fixture has no tokenizer.
        Assert.Equal(1, exitCode);
        using var document = JsonDocument.Parse(output);
        var report = document.RootElement;
        Assert.Equal("gemma3_text", report.GetProperty("family").GetString());
        Assert.Equal("float16", report.GetProperty("keyValueType").GetString());
        Assert.Equal(2 * 2 * 2 * 16 * 2, report.GetProperty("keyValueBytesPerToken").GetInt64());
        Assert.Equal(2 * 32 * 256, report.GetProperty("keyValueBytes").GetInt64());
        Assert.InRange(report.GetProperty("weightBytes").GetInt64(), 15_000, 40_000);
        Assert.EndsWith("tokenizer.json does not exist", Assert.Single(report.GetProperty("problems").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_FolderWithMistakesInSeveralFiles_NamesAll()
    {
        using var folder = new ServableFolder(TinyModel.Of("int4-last"));
        var config = await File.ReadAllTextAsync(folder.PathOf("genai_config.json"));
        await File.WriteAllTextAsync(folder.PathOf("genai_config.json"), config
            .Replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", StringComparison.Ordinal)
            .Replace("\"vocab_size\": 48", "\"vocab_size\": 49", StringComparison.Ordinal));
        await File.WriteAllTextAsync(folder.PathOf("tokenizer.json"), "{}");

        var (exitCode, output) = await GatewayProcess.RunToEndAsync("inspect", folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains("  - the graph has 2 GroupQueryAttention nodes, but genai_config.json says 3 layers", output, StringComparison.Ordinal);
        Assert.Contains("  - the graph's output 'logits' must have shape [any, any, 49], it has [any, 1, 48]", output, StringComparison.Ordinal);
        Assert.Contains("  - tokenizer.json", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_WrongArguments_ExplainsThem()
    {
        var (exitCode, output) = await GatewayProcess.RunToEndAsync("inspect", "--sequences", "0", "m");

        Assert.Equal(2, exitCode);
        Assert.Contains("--sequences must be a whole number from 1 to 1024, it is '0'.", output, StringComparison.Ordinal);
    }
}
