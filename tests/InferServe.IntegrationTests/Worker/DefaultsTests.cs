using System.Net;
using System.Text.Json;

namespace InferServe.IntegrationTests.Worker;

/// <summary>Whose word counts for a sampling parameter: the request's, then the operator's, then that of the model's makers.</summary>
public sealed class DefaultsTests
{
    [Fact]
    public async Task Temperature_OfTheOperator_WinsOverTheMakersAndLosesToTheRequest()
    {
        // The embedded model's generation_config.json says 0.
        await using var makers = await WorkerUnderTest.StartReadyAsync();
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:Defaults:Temperature=2");
        var greedy = Assert.Single((await TextsAsync(makers, "")).Distinct());

        Assert.True((await TextsAsync(worker, "")).Distinct().Count() > 1);
        Assert.All(await TextsAsync(worker, ",\"temperature\":0"), text => Assert.Equal(greedy, text));
    }

    private static async Task<List<string>> TextsAsync(WorkerUnderTest worker, string more)
    {
        var texts = new List<string>();
        for (var seed = 0; seed < 6; seed++)
        {
            using var response = await worker.PostAsync(
                $$"""{"model":"inferserve-nano","messages":[{"role":"user","content":"What is InferServe?"}],"max_tokens":20,"seed":{{seed}}{{more}}}""");
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK, body);
            using var document = JsonDocument.Parse(body);
            texts.Add(document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!);
        }

        return texts;
    }
}
