namespace InferServe.IntegrationTests.Worker;

public sealed class TooManyAnswersTests
{
    [Fact]
    public async Task Post_MoreAnswersThanRowsAndQueuePlaces_Is400AndAsManyAsThereAreAreAnswered()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:MaxSequences=2", "--Worker:QueueLimit=2");

        var (chatStatus, chat) = await worker.ErrorAsync(Requests.Chat("Hi", ""","n":5"""));
        var (status, prompts) = await worker.ErrorAsync(Completion("""["a","b","c","d","e"]"""), "/v1/completions");
        using var answered = await worker.PostAsync(Completion("""["a","b","c","d"]"""), "/v1/completions");

        Assert.Equal((400, "invalid_value", "n"), (chatStatus, chat.GetProperty("code").GetString(), chat.GetProperty("param").GetString()));
        Assert.Equal((400, "invalid_value", "prompt"), (status, prompts.GetProperty("code").GetString(), prompts.GetProperty("param").GetString()));
        Assert.Equal(200, (int)answered.StatusCode);
    }

    private static string Completion(string prompt) => $$"""{"model":"inferserve-nano","prompt":{{prompt}},"max_tokens":2}""";
}
