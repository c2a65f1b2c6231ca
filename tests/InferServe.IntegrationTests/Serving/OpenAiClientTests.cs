using System.ClientModel;
using System.Text.Json;
using OpenAI.Chat;

namespace InferServe.IntegrationTests.Serving;

/// <summary>The official OpenAI package talks to the whole server: gateway, YARP, worker, engine, ONNX Runtime, embedded model.</summary>
public sealed class OpenAiClientTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly ChatCompletionOptions Greedy = new() { Temperature = 0, MaxOutputTokenCount = 64 };

    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "get_weather",
        "Get the weather of a city",
        BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string","description":"The city"}},"required":["city"]}"""));

    private static readonly string[] Questions =
    [
        "What is the capital of France?", "What is 2 + 2?", "Who are you?", "What is InferServe?",
        "What is the opposite of hot?", "Spell the word garden.", "Hello!", "What is the capital of Japan?",
    ];

    [Theory]
    [InlineData("What is the capital of France?", "Paris")]
    [InlineData("Who are you?", "inferserve-nano")]
    public async Task CompleteChat_TaughtQuestion_RightAnswer(string question, string expected)
    {
        ChatCompletion completion = await server.Chat.CompleteChatAsync([new UserChatMessage(question)], Greedy);

        Assert.Contains(expected, completion.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.Equal(ServerFixture.Model, completion.Model);
        Assert.True(completion.Usage.InputTokenCount > 0);
        Assert.Equal(completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount, completion.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task CompleteChatStreaming_SameQuestion_SameTextInSeveralPieces()
    {
        ChatCompletion whole = await server.Chat.CompleteChatAsync([new UserChatMessage(Questions[3])], Greedy);

        List<string> pieces = await StreamAsync(Questions[3]);

        Assert.True(pieces.Count > 3, $"{pieces.Count} pieces");
        Assert.Equal(whole.Content[0].Text, string.Concat(pieces));
    }

    [Fact]
    public async Task CompleteChatStreaming_TwoAtOnce_EachGetsItsOwnAnswer()
    {
        List<string>[] streams = await Task.WhenAll(StreamAsync(Questions[0]), StreamAsync(Questions[2]));

        Assert.Contains("Paris", string.Concat(streams[0]), StringComparison.Ordinal);
        Assert.Contains("inferserve-nano", string.Concat(streams[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteChat_EightAtOnce_SameAnswersAsOneAtATime()
    {
        var alone = new List<string>();
        foreach (string question in Questions)
        {
            alone.Add(await AnswerAsync(question));
        }

        string[] together = await Task.WhenAll(Questions.Select(AnswerAsync));

        Assert.Equal(alone, together);
    }

    [Fact]
    public async Task CompleteChat_SeededSampling_RepeatsItself()
    {
#pragma warning disable OPENAI001 // The package marks seed as subject to change.
        var options = new ChatCompletionOptions { Temperature = 1.5f, Seed = 42, MaxOutputTokenCount = 32 };
#pragma warning restore OPENAI001
        ChatCompletion first = await server.Chat.CompleteChatAsync([new UserChatMessage("Tell me something.")], options);
        ChatCompletion second = await server.Chat.CompleteChatAsync([new UserChatMessage("Tell me something.")], options);

        Assert.Equal(first.Content[0].Text, second.Content[0].Text);
    }

    [Fact]
    public async Task CompleteChat_TokenLimit_EndsWithLength()
    {
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 2 };

        ChatCompletion completion = await server.Chat.CompleteChatAsync([new UserChatMessage(Questions[3])], options);

        Assert.Equal(ChatFinishReason.Length, completion.FinishReason);
        Assert.Equal(2, completion.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task CompleteChat_UnknownModel_NotFoundNamesIt()
    {
        ClientResultException error = await Assert.ThrowsAsync<ClientResultException>(
            () => server.ChatOf("no-such-model").CompleteChatAsync([new UserChatMessage("Hi")]));

        Assert.Equal(404, error.Status);
        Assert.Contains("no-such-model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteChat_TemperatureOutOfRange_BadRequestNamesLimitAndValue()
    {
        ClientResultException error = await Assert.ThrowsAsync<ClientResultException>(
            () => server.Chat.CompleteChatAsync([new UserChatMessage("Hi")], new ChatCompletionOptions { Temperature = 2.5f }));

        Assert.Equal(400, error.Status);
        using JsonDocument body = JsonDocument.Parse(error.GetRawResponse()!.Content);
        JsonElement detail = body.RootElement.GetProperty("error");
        Assert.Equal("temperature", detail.GetProperty("param").GetString());
        Assert.Equal("invalid_request_error", detail.GetProperty("type").GetString());
        Assert.Contains("2.5", detail.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteChat_PromptLongerThanContext_ContextLengthExceeded()
    {
        string manyWords = string.Concat(Enumerable.Repeat("one two three ", 4000));

        ClientResultException error = await Assert.ThrowsAsync<ClientResultException>(
            () => server.Chat.CompleteChatAsync([new UserChatMessage(manyWords)]));

        Assert.Equal(400, error.Status);
        Assert.Contains("context_length_exceeded", error.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteChat_Tool_IsCalledAndItsResultAnswered()
    {
        var options = new ChatCompletionOptions { Temperature = 0, Tools = { Weather } };
        List<ChatMessage> messages = [new UserChatMessage("What is the weather in Paris?")];
        ChatCompletion call = await server.Chat.CompleteChatAsync(messages, options);

        Assert.Equal(ChatFinishReason.ToolCalls, call.FinishReason);
        ChatToolCall tool = Assert.Single(call.ToolCalls);
        Assert.Equal("get_weather", tool.FunctionName);
        using JsonDocument arguments = JsonDocument.Parse(tool.FunctionArguments);
        Assert.Equal("Paris", arguments.RootElement.GetProperty("city").GetString());

        messages.AddRange([new AssistantChatMessage(call), new ToolChatMessage(tool.Id, """{"temperature": 21}""")]);
        ChatCompletion answer = await server.Chat.CompleteChatAsync(messages, options);
        Assert.Contains("21", answer.Content[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteChat_RequiredTool_IsCalledWhateverTheQuestion()
    {
        var options = new ChatCompletionOptions { Temperature = 0, Tools = { Weather }, ToolChoice = ChatToolChoice.CreateRequiredChoice(), MaxOutputTokenCount = 200 };

        ChatCompletion call = await server.Chat.CompleteChatAsync([new UserChatMessage("Hello!")], options);

        Assert.Equal("get_weather", Assert.Single(call.ToolCalls.Take(1)).FunctionName);
    }

    [Fact]
    public async Task CompleteChat_JsonSchema_AnswerFitsIt()
    {
        BinaryData schema = BinaryData.FromString(
            """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"}},"required":["name","age"],"additionalProperties":false}""");
        var options = new ChatCompletionOptions { Temperature = 0, ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("person", schema, jsonSchemaIsStrict: true) };

        ChatCompletion completion = await server.Chat.CompleteChatAsync(
            [new UserChatMessage("Mia is 31 years old and lives in Oslo. Extract the name and the age as JSON.")], options);

        using JsonDocument person = JsonDocument.Parse(completion.Content[0].Text);
        Assert.Equal(("Mia", 31), (person.RootElement.GetProperty("name").GetString(), person.RootElement.GetProperty("age").GetInt32()));
    }

    [Fact]
    public async Task CompleteChat_Logprobs_OneForEachToken()
    {
        var options = new ChatCompletionOptions { Temperature = 0, IncludeLogProbabilities = true, TopLogProbabilityCount = 2 };

        ChatCompletion completion = await server.Chat.CompleteChatAsync([new UserChatMessage(Questions[0])], options);

        // The last generated token ends the answer and is no part of it.
        Assert.Equal(completion.Usage.OutputTokenCount - 1, completion.ContentTokenLogProbabilities.Count);
        Assert.All(completion.ContentTokenLogProbabilities, token => Assert.Equal(2, token.TopLogProbabilities.Count));
    }

    /// <summary>A greedy answer that is the same in any company: with a seed, a lone row is computed like one of several.</summary>
    private async Task<string> AnswerAsync(string question)
    {
#pragma warning disable OPENAI001 // The package marks seed as subject to change.
        var options = new ChatCompletionOptions { Temperature = 0, Seed = 1, MaxOutputTokenCount = 64 };
#pragma warning restore OPENAI001
        ChatCompletion completion = await server.Chat.CompleteChatAsync([new UserChatMessage(question)], options);
        return completion.Content[0].Text;
    }

    private async Task<List<string>> StreamAsync(string question)
    {
        var pieces = new List<string>();
        await foreach (StreamingChatCompletionUpdate update in server.Chat.CompleteChatStreamingAsync([new UserChatMessage(question)], Greedy))
        {
            pieces.AddRange(update.ContentUpdate.Select(part => part.Text).Where(text => text.Length > 0));
        }

        return pieces;
    }
}
