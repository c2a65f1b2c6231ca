using System.Text.Json;
using InferServe.GenAi;
using InferServe.IntegrationTests.Worker;

namespace InferServe.IntegrationTests.GenAi;

/// <summary>A worker whose model the library runs, and one that is asked for a library that it does not have.</summary>
public sealed class GenAiServingTests
{
    private const string Runtime = "--Worker:Runtime=genai";

    [GenAiFact]
    public async Task Chat_Greedy_IsAnsweredAsByTheOwnRunner()
    {
        await using var own = await WorkerUnderTest.StartReadyAsync();
        await using var library = await WorkerUnderTest.StartReadyAsync(Runtime, "--Worker:Threads=1");
        string[] questions = ["What is the capital of France?", "Hello!", "What is 2 + 3?", "What is InferServe?"];

        string[] expected = await Task.WhenAll(questions.Select(question => AnswerAsync(own, question)));

        Assert.Equal(expected, await Task.WhenAll(questions.Select(question => AnswerAsync(library, question))));
        Assert.All(expected, Assert.NotEmpty);
        library.Terminate();
        Assert.Equal(0, await library.WaitForExitAsync());
    }

    [GenAiFact]
    public async Task Completion_PromptLogprobs_AreRefused()
    {
        await using var library = await WorkerUnderTest.StartReadyAsync(Runtime);

        var (status, error) = await library.ErrorAsync(
            """{"model":"inferserve-nano","prompt":"Hi","echo":true,"logprobs":1,"max_tokens":1}""", "/v1/completions");

        Assert.Equal(400, status);
        Assert.Contains("log-probabilities", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [GenAiFact]
    public async Task Start_Ready_TelemetryOfTheLibraryHasLeftNoTrace() => Assert.Empty(await TelemetryTraces.OfWorkerAsync(Runtime));

    [GenAiMissingFact]
    public async Task Start_BuildWithoutTheLibrary_ExitsWithTheProperty()
    {
        await using var worker = WorkerUnderTest.Start(Runtime);

        Assert.Equal(3, await worker.WaitForExitAsync());
        Assert.Contains("the runtime 'genai' is asked for, which this build does not hold; build with -p:WithGenAI=true", worker.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownRuntime_ExitsWithTheRule()
    {
        await using var worker = WorkerUnderTest.Start("--Worker:Runtime=onxx");

        Assert.Equal(2, await worker.WaitForExitAsync());
        Assert.Contains("Worker:Runtime must be one of onnx, genai; it is 'onxx'.", worker.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(WorkerUnderTest worker, string question)
    {
        using var response = await worker.PostAsync(Requests.Chat(question, ",\"max_tokens\":40"));
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    /// <summary>The other half: a test of a build without the library.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class GenAiMissingFactAttribute : FactAttribute
    {
        public GenAiMissingFactAttribute()
        {
            if (GenAiModelRunner.IsPartOfBuild)
            {
                Skip = "ONNX Runtime GenAI is part of this build.";
            }
        }
    }
}
