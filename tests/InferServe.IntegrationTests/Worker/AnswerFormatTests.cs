using System.Text.Json;
using InferServe.Contracts.Models;

namespace InferServe.IntegrationTests.Worker;

/// <summary>
/// The embedded model made to write in the forms of other families: a demanded call is forced by the grammar of the form, and must come back
/// as a call.
/// </summary>
public sealed class AnswerFormatTests
{
    private static readonly string[] Cities = ["Oslo", "Lima"];

    private const string Tools = """
        ,"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":
          {"city":{"type":"string","enum":["Oslo","Lima"]},"days":{"type":"integer","minimum":1,"maximum":9},"hourly":{"type":"boolean"}},
          "required":["city","days"],"additionalProperties":false},"strict":true}}],"max_tokens":600
        """;

    public static TheoryData<string> ToolFormats => [.. AnswerFormatNames.Tools];

    [Theory]
    [MemberData(nameof(ToolFormats))]
    public async Task Chat_DemandedCall_ComesBackFromEveryForm(string format)
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync($"--Worker:ToolFormat={format}");
        const string Demand = Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}";

        var (choice, body) = await FinishedAsync(worker, Requests.Chat("Will it rain?", Demand));
        var call = Assert.Single(choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray()).GetProperty("function");
        var streamed = await StreamedArgumentsAsync(worker, body.Insert(1, "\"stream\":true,"));

        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("get_weather", call.GetProperty("name").GetString());
        AssertFits(call.GetProperty("arguments").GetString()!);
        Assert.Equal(call.GetProperty("arguments").GetString(), streamed);
    }

    [Fact]
    public async Task Chat_ReasoningOpenedByThePrompt_ComesApartAndIsCounted()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "<|im_start|>user\n{{ messages[0].content }}<|im_end|>\n<|im_start|>assistant\n{# </think> #}<think>\n");
        await using var worker = await WorkerUnderTest.StartReadyAsync($"--Worker:ChatTemplate={file}");
        File.Delete(file);

        using var response = await worker.PostAsync(Requests.Chat("Hello!", ",\"max_tokens\":12"));
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        var message = document.RootElement.GetProperty("choices")[0].GetProperty("message");
        var details = document.RootElement.GetProperty("usage").GetProperty("completion_tokens_details");
        Assert.True(string.IsNullOrEmpty(message.GetProperty("content").GetString()), message.GetRawText());
        Assert.NotEmpty(message.GetProperty("reasoning_content").GetString()!);
        Assert.InRange(details.GetProperty("reasoning_tokens").GetInt32(), 1, 12);
    }

    [Fact]
    public async Task Chat_SchemaInChannels_IsTheFinalChannel()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:ReasoningFormat=harmony", "--Worker:ToolFormat=harmony");

        var (choice, _) = await FinishedAsync(worker, Requests.Chat(
            "Hello!", ""","max_tokens":120,"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"enum":["yes","no"]}}}"""));

        Assert.Matches("^\"(yes|no)\"$", choice.GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Tokenize_OwnTemplateAndVariables_MakeThePrompt()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{{ greeting }} {{ messages[0].content }}");
        await using var worker = await WorkerUnderTest.StartReadyAsync($"--Worker:ChatTemplate={file}", """--Worker:ChatTemplateKwargs={"greeting":"Hi"}""");

        var (own, given) = (await PromptAsync(worker, ""), await PromptAsync(worker, ""","chat_template_kwargs":{"greeting":"Ho"}"""));
        File.Delete(file);

        Assert.Equal(("Hi there", "Ho there"), (own, given));
    }

    [Fact]
    public async Task Start_UnknownFormat_IsRefusedWithTheKnownOnes()
    {
        await using var worker = WorkerUnderTest.Start("--Worker:ToolFormat=nonsense");

        Assert.NotEqual(0, await worker.WaitForExitAsync());
        Assert.Contains("Worker:ToolFormat must be one of command-r", worker.Errors, StringComparison.Ordinal);
    }

    private static void AssertFits(string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        Assert.Contains(document.RootElement.GetProperty("city").GetString(), Cities);
        Assert.InRange(document.RootElement.GetProperty("days").GetInt32(), 1, 9);
        Assert.True(!document.RootElement.TryGetProperty("hourly", out var hourly) || hourly.ValueKind is JsonValueKind.True or JsonValueKind.False);
    }

    /// <summary>
    /// The first finished answer among those of the greedy model and of some seeds: where a form lets a model reason first, this one, which never
    /// learned to, may go on until its tokens are used up.
    /// </summary>
    private static async Task<(JsonElement Choice, string Body)> FinishedAsync(WorkerUnderTest worker, string greedy)
    {
        const int Seeds = 20;
        var sampled = Enumerable.Range(0, Seeds).Select(seed => greedy.Replace("\"temperature\":0", $"\"temperature\":2,\"seed\":{seed}", StringComparison.Ordinal));
        foreach (var body in sampled.Prepend(greedy))
        {
            var choice = await ChoiceAsync(worker, body);
            if (choice.GetProperty("finish_reason").GetString() != "length")
            {
                return (choice, body);
            }
        }

        throw new InvalidOperationException("No answer finished.");
    }

    private static async Task<JsonElement> ChoiceAsync(WorkerUnderTest worker, string body)
    {
        using var response = await worker.PostAsync(body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("choices")[0].Clone();
    }

    private static async Task<string> StreamedArgumentsAsync(WorkerUnderTest worker, string body)
    {
        using var stream = new EventStream(await worker.PostAsync(body));
        var arguments = string.Empty;
        while (await stream.NextAsync() is { } data && data != "[DONE]")
        {
            using var chunk = JsonDocument.Parse(data);
            var delta = chunk.RootElement.GetProperty("choices")[0].GetProperty("delta");
            Assert.True(!delta.TryGetProperty("content", out var content) || string.IsNullOrEmpty(content.GetString()), data);
            arguments += delta.TryGetProperty("tool_calls", out var calls)
                ? calls[0].GetProperty("function").GetProperty("arguments").GetString()
                : string.Empty;
        }

        return arguments;
    }

    private static async Task<string?> PromptAsync(WorkerUnderTest worker, string more)
    {
        using var tokenized = await worker.PostAsync(
            $$"""{"model":"inferserve-nano","messages":[{"role":"user","content":"there"}]{{more}}}""", "/tokenize");
        using var document = JsonDocument.Parse(await tokenized.Content.ReadAsStringAsync());
        using var detokenized = await worker.PostAsync(
            $$"""{"model":"inferserve-nano","tokens":{{document.RootElement.GetProperty("tokens").GetRawText()}}}""", "/detokenize");
        using var text = JsonDocument.Parse(await detokenized.Content.ReadAsStringAsync());
        return text.RootElement.GetProperty("prompt").GetString();
    }
}
