using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace InferServe.IntegrationTests.Serving;

/// <summary>Microsoft.Extensions.AI over the official client, with functions that the library calls by itself.</summary>
public sealed class ExtensionsAiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task GetResponse_FunctionOffered_IsCalledAndItsResultAnswered()
    {
        var asked = new List<string>();
        AIFunction weather = AIFunctionFactory.Create(
            ([Description("The city")] string city) =>
            {
                asked.Add(city);
                return 17;
            },
            "get_weather",
            "Get the weather of a city");
        using IChatClient client = server.Chat.AsIChatClient().AsBuilder().UseFunctionInvocation().Build();

        ChatResponse response = await client.GetResponseAsync("What is the weather in Paris?", new ChatOptions { Temperature = 0, Tools = [weather] });

        Assert.Equal(["Paris"], asked);
        Assert.Contains("17", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponse_Question_ArrivesInPieces()
    {
        using IChatClient client = server.Chat.AsIChatClient();

        List<ChatResponseUpdate> updates =
            await client.GetStreamingResponseAsync("What is the capital of France?", new ChatOptions { Temperature = 0 }).ToListAsync();

        Assert.Contains("Paris", string.Concat(updates.Select(update => update.Text)), StringComparison.Ordinal);
        Assert.True(updates.Count(update => update.Text.Length > 0) > 1);
    }
}
