using System.Collections.Concurrent;
using System.Text.Json;

namespace InferServe.IntegrationTests.Worker;

/// <summary>Parameters whose effect needs a worker of a certain kind: one row, or a template with a variable of its own.</summary>
public sealed class QueueAndTemplateTests
{
    [Fact]
    public async Task Priority_Lower_OvertakesWhatWaitsAlready()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:MaxSequences=1");
        var running = new EventStream(await worker.PostAsync(Requests.Long, "/v1/completions"));
        await running.NextAsync();
        var order = new ConcurrentQueue<int>();
        var late = AnswerAsync(5);
        await worker.WaitForArrivalsAsync(Requests.Answers + 1);
        var early = AnswerAsync(-5);
        await worker.WaitForArrivalsAsync(Requests.Answers + 2);

        running.Dispose();

        await Task.WhenAll(early, late);
        Assert.Equal([-5, 5], order);

        // Long enough that the ends of two answers one behind the other cannot be seen in the wrong order.
        async Task AnswerAsync(int priority)
        {
            using var response = await worker.PostAsync(
                $$"""{"model":"inferserve-nano","prompt":"Hello","ignore_eos":true,"max_tokens":400,"priority":{{priority}}}""", "/v1/completions");
            await response.Content.ReadAsStringAsync();
            order.Enqueue(priority);
        }
    }

    [Fact]
    public async Task ChatTemplateKwargs_Variable_ReachesTheTemplate()
    {
        var folder = Directory.CreateTempSubdirectory("template-");
        foreach (var file in new DirectoryInfo(WorkerUnderTest.ModelFolder).EnumerateFiles())
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, file.Name), file.FullName);
        }

        var template = Path.Combine(folder.FullName, "chat_template.jinja");
        File.Delete(template);
        await File.WriteAllTextAsync(template, "{% for i in range(repeat | default(1)) %}{{ messages[0].content }}{% endfor %}");
        await using var worker = await WorkerUnderTest.StartReadyAsync($"--Worker:Model={folder.FullName}", "--Worker:Name=inferserve-nano");

        var once = await CountAsync(worker, "");
        var thrice = await CountAsync(worker, ""","chat_template_kwargs":{"repeat":3}""");

        Assert.Equal(3 * once, thrice);
        folder.Delete(recursive: true);
    }

    private static async Task<int> CountAsync(WorkerUnderTest worker, string more)
    {
        using var response = await worker.PostAsync(
            $$"""{"model":"inferserve-nano","messages":[{"role":"user","content":"7 7 7 7 "}],"max_tokens":1{{more}}}""");
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("usage").GetProperty("prompt_tokens").GetInt32();
    }
}
