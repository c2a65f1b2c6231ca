using System.Text;
using InferServe.LoadTests.Http;
using InferServe.LoadTests.Scenarios;
using InferServe.UnitTests.LoadTests.Support;

namespace InferServe.UnitTests.LoadTests.Http;

public sealed class RequestBodyTests
{
    private static readonly ChatMessage[] Messages = [new("system", "Be brief."), new("user", "Hi \"you\"")];

    [Fact]
    public void Write_Chat_HasEveryField()
    {
        Scenario scenario = ScenarioTexts.Read("""
            { "output": { "tokens": 9, "minTokens": 20, "ignoreEos": true }, "body": { "temperature": 0.5, "stop": ["x"] } }
            """);

        Assert.Equal(
            """{"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi \u0022you\u0022"}],"max_tokens":9,"min_tokens":9,"ignore_eos":true,"stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"stop":["x"]}""",
            Encoding.UTF8.GetString(RequestBody.Write(scenario, "m", Messages, 9, withUsage: true)));
    }

    [Fact]
    public void Write_CompletionsWithoutUsage_JoinsMessages()
    {
        Scenario scenario = ScenarioTexts.Read("""{ "endpoint": "completions" }""");

        Assert.Equal(
            """{"model":"m","prompt":"Be brief.\nHi \u0022you\u0022","max_tokens":3,"stream":true}""",
            Encoding.UTF8.GetString(RequestBody.Write(scenario, "m", Messages, 3, withUsage: false)));
    }
}
