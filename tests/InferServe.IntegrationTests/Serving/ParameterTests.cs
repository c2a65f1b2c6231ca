using System.Text.Json;
using static InferServe.IntegrationTests.Serving.Questions;

namespace InferServe.IntegrationTests.Serving;

/// <summary>Each parameter of the API changes the answer of the whole server as it says; ignoring one of them fails its test.</summary>
public sealed class ParameterTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Temperature_High_LeavesTheLikeliestAnswer() =>
        Assert.True((await SampleAsync("""{"temperature":2}""")).Distinct().Count() > 1);

    [Theory]
    [InlineData("""{"temperature":2,"top_k":1}""")]
    [InlineData("""{"temperature":2,"top_p":0.000001}""")]
    [InlineData("""{"temperature":2,"min_p":1}""")]
    public async Task Truncation_ToTheLikeliestToken_IsGreedy(string parameters)
    {
        // A seed decides how a lone row is computed, so this answer has one, too.
        string greedy = Text(await server.ChatAsync("""{"temperature":0,"seed":0,"max_tokens":20}"""));

        Assert.All(await SampleAsync(parameters), text => Assert.Equal(greedy, text));
    }

    [Fact]
    public async Task Seed_Same_RepeatsTheAnswer()
    {
        const string Parameters = """{"temperature":2,"seed":11,"max_tokens":60,"ignore_eos":true}""";

        Assert.Equal(Text(await server.ChatAsync(Parameters)), Text(await server.ChatAsync(Parameters)));
    }

    [Theory]
    [InlineData("""{"max_tokens":3}""", 3)]
    [InlineData("""{"max_completion_tokens":4}""", 4)]
    [InlineData("""{"max_tokens":9,"max_completion_tokens":5}""", 5)]
    [InlineData("""{"max_tokens":120,"ignore_eos":true}""", 120)]
    public async Task Limit_Tokens_AreGenerated(string parameters, int expected)
    {
        JsonElement body = await server.ChatAsync(parameters);

        Assert.Equal(expected, body.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal("length", Choice(body).GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task MinTokens_LongerThanTheAnswer_KeepsItFromEnding()
    {
        int free = (await server.ChatAsync("{}")).GetProperty("usage").GetProperty("completion_tokens").GetInt32();

        JsonElement body = await server.ChatAsync($$"""{"min_tokens":{{free + 15}},"max_tokens":{{free + 40}}}""");

        Assert.True(body.GetProperty("usage").GetProperty("completion_tokens").GetInt32() > free + 14);
    }

    [Theory]
    [InlineData("""{"presence_penalty":2}""")]
    [InlineData("""{"frequency_penalty":2}""")]
    [InlineData("""{"repetition_penalty":5}""")]
    public async Task Penalty_Repetitions_BecomeRarer(string parameters)
    {
        // Without its end the model repeats itself before long; some heat lets it leave what a penalty makes only a little less likely. One answer can
        // turn out either way, all of them together do not.
        const string Long = """{"n":8,"ignore_eos":true,"max_tokens":150,"temperature":1,"seed":1,"return_token_ids":true}""";
        int free = Distinct(await server.ChatAsync(Long));

        int penalised = Distinct(await server.ChatAsync(Merge(Long, parameters)));

        Assert.True(penalised > free, $"{penalised} distinct tokens with the penalty, {free} without");

        static int Distinct(JsonElement body) => body.GetProperty("choices").EnumerateArray().Sum(choice => Ids(choice).Distinct().Count());
    }

    [Fact]
    public async Task LogitBias_OfTheFirstToken_BansIt()
    {
        int first = Ids(Choice(await server.ChatAsync("""{"return_token_ids":true}""")))[0];

        JsonElement biased = await server.ChatAsync($$"""{"return_token_ids":true,"logit_bias":{"{{first}}":-100} }""");

        Assert.DoesNotContain(first, Ids(Choice(biased)));
    }

    [Fact]
    public async Task StopTokenIds_OneOfTheAnswer_EndsIt()
    {
        JsonElement free = await server.ChatAsync("""{"return_token_ids":true}""");
        int stop = Ids(Choice(free))[2];

        JsonElement stopped = await server.ChatAsync($$"""{"return_token_ids":true,"stop_token_ids":[{{stop}}]}""");

        Assert.Equal(Ids(Choice(free)).Take(Array.IndexOf(Ids(Choice(free)), stop) + 1), Ids(Choice(stopped)));
        Assert.StartsWith(Text(stopped), Text(free), StringComparison.Ordinal);
        Assert.Equal("stop", Choice(stopped).GetProperty("finish_reason").GetString());
    }

    [Theory]
    [InlineData(false, "The capital of ")]
    [InlineData(true, "The capital of France")]
    public async Task Stop_String_EndsTheAnswerBeforeOrBehindIt(bool include, string expected) => Assert.Equal(
        expected, Text(await server.ChatAsync($$"""{"stop":["France"],"include_stop_str_in_output":{{(include ? "true" : "false")}}}""")));

    [Fact]
    public async Task N_Several_SamplesAreNumberedAndUsageCountsAll()
    {
        JsonElement body = await server.ChatAsync("""{"n":4,"temperature":2,"seed":5,"max_tokens":10}""");

        JsonElement[] choices = [.. body.GetProperty("choices").EnumerateArray()];
        Assert.Equal([0, 1, 2, 3], choices.Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.True(choices.Select(choice => choice.GetProperty("message").GetProperty("content").GetString()).Distinct().Count() > 1);
        Assert.True(body.GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 10);
    }

    [Fact]
    public async Task Logprobs_Top_AreShownAndFallInOrder()
    {
        JsonElement[] tokens =
            [.. Choice(await server.ChatAsync("""{"logprobs":true,"top_logprobs":4}""")).GetProperty("logprobs").GetProperty("content").EnumerateArray()];

        Assert.NotEmpty(tokens);
        Assert.All(tokens, token =>
        {
            double[] top = [.. token.GetProperty("top_logprobs").EnumerateArray().Select(item => item.GetProperty("logprob").GetDouble())];
            Assert.Equal(4, top.Length);
            Assert.Equal(top.OrderDescending(), top);
            Assert.Equal(top[0], token.GetProperty("logprob").GetDouble());
        });
    }

    [Fact]
    public async Task PromptLogprobs_EveryTokenButTheFirst_HasOne()
    {
        JsonElement body = await server.ChatAsync("""{"prompt_logprobs":2,"return_token_ids":true,"max_tokens":1}""");

        JsonElement[] logprobs = [.. body.GetProperty("prompt_logprobs").EnumerateArray()];
        int[] prompt = [.. body.GetProperty("prompt_token_ids").EnumerateArray().Select(id => id.GetInt32())];
        Assert.Equal(prompt.Length, logprobs.Length);
        Assert.Equal(JsonValueKind.Null, logprobs[0].ValueKind);
        Assert.All(prompt.Zip(logprobs).Skip(1), pair => Assert.True(pair.Second.TryGetProperty($"{pair.First}", out _)));
    }

    [Fact]
    public async Task AddGenerationPrompt_False_ShortensThePrompt()
    {
        int with = PromptTokens(await server.ChatAsync("""{"max_tokens":1}"""));

        Assert.True(PromptTokens(await server.ChatAsync("""{"max_tokens":1,"add_generation_prompt":false}""")) < with);
    }

    [Fact]
    public async Task ContinueFinalMessage_BegunAnswer_IsContinued()
    {
        JsonElement body = await server.ChatAsync(
            $$"""{"continue_final_message":true,"messages":[{"role":"user","content":"{{Question}}"},{"role":"assistant","content":"The capital of France is"}]}""");

        Assert.StartsWith(" Paris", Text(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CacheSalt_Other_SharesNothing()
    {
        string shared = string.Concat(Enumerable.Repeat("Name the colours of the rainbow again. ", 30));
        string Messages(string salt) => $$"""{"cache_salt":"{{salt}}","max_tokens":1,"messages":[{"role":"user","content":"{{shared}}"}]}""";

        await server.ChatAsync(Messages("one"));

        Assert.True(Cached(await server.ChatAsync(Messages("one"))) > 0);
        Assert.Equal(0, Cached(await server.ChatAsync(Messages("two"))));

        static int Cached(JsonElement body) => body.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32();
    }

    [Theory]
    [InlineData("""{"reasoning_effort":"low"}""", "reasoning_effort")]
    [InlineData("""{"store":true}""", "store")]
    [InlineData("""{"service_tier":"flex"}""", "service_tier")]
    [InlineData("""{"no_such_parameter":1}""", "no_such_parameter")]
    public async Task WithoutEffect_Parameter_IsNamedInAHeader(string parameters, string expected)
    {
        using HttpResponseMessage response = await server.Gateway.PostAsync(Body(parameters));

        Assert.Equal(expected, Assert.Single(response.Headers.GetValues("x-inferserve-ignored")));
    }

    [Fact]
    public async Task Completions_PromptsSamplesAndEcho_MakeOneAnswerEach()
    {
        JsonElement body = await server.PostAsync("/v1/completions", $$"""{"model":"{{ServerFixture.Model}}","prompt":["one","two"],"n":2,"echo":true,"max_tokens":3}""");

        Assert.Equal(
            ["0 one", "1 one", "2 two", "3 two"],
            body.GetProperty("choices").EnumerateArray().Select(choice => $"{choice.GetProperty("index")} {choice.GetProperty("text").GetString()![..3]}"));
    }

    [Fact]
    public async Task Completions_EchoWithLogprobs_ScoresThePrompt()
    {
        JsonElement body = await server.PostAsync(
            "/v1/completions", $$"""{"model":"{{ServerFixture.Model}}","prompt":"The capital of France is Paris.","echo":true,"logprobs":1,"max_tokens":1}""");

        JsonElement logprobs = Choice(body).GetProperty("logprobs");
        string?[] tokens = [.. logprobs.GetProperty("tokens").EnumerateArray().Select(token => token.GetString())];
        Assert.StartsWith("The capital of France is Paris.", string.Concat(tokens), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, logprobs.GetProperty("token_logprobs")[0].ValueKind);
        Assert.All(logprobs.GetProperty("token_logprobs").EnumerateArray().Skip(1), item => Assert.True(item.GetDouble() <= 0));
    }

    [Fact]
    public async Task Tokenize_ThereAndBack_IsTheSameText()
    {
        JsonElement tokens = await server.PostAsync("/tokenize", $$"""{"model":"{{ServerFixture.Model}}","prompt":"Grüße, world!","return_token_strs":true}""");
        Assert.Equal(tokens.GetProperty("count").GetInt32(), tokens.GetProperty("tokens").GetArrayLength());
        Assert.Equal(tokens.GetProperty("count").GetInt32(), tokens.GetProperty("token_strs").GetArrayLength());

        JsonElement text = await server.PostAsync("/detokenize", $$"""{"model":"{{ServerFixture.Model}}","tokens":{{tokens.GetProperty("tokens").GetRawText()}}}""");
        Assert.Equal("Grüße, world!", text.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Tokenize_Chat_CountsWhatACompletionCounts()
    {
        JsonElement tokens = await server.PostAsync(
            "/tokenize", $$"""{"model":"{{ServerFixture.Model}}","messages":[{"role":"user","content":"{{Question}}"}]}""");

        Assert.Equal(PromptTokens(await server.ChatAsync("""{"max_tokens":1}""")), tokens.GetProperty("count").GetInt32());
    }

    private async Task<List<string>> SampleAsync(string parameters)
    {
        var texts = new List<string>();
        for (int seed = 0; seed < 6; seed++)
        {
            texts.Add(Text(await server.ChatAsync(Merge(parameters, $$"""{"seed":{{seed}},"max_tokens":20}"""))));
        }

        return texts;
    }

    private static int[] Ids(JsonElement choice) => [.. choice.GetProperty("token_ids").EnumerateArray().Select(id => id.GetInt32())];

    private static int PromptTokens(JsonElement body) => body.GetProperty("usage").GetProperty("prompt_tokens").GetInt32();
}
