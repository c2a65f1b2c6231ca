using InferServe.LoadTests.Arrivals;
using InferServe.LoadTests.Scenarios;

namespace InferServe.UnitTests.LoadTests.Arrivals;

public sealed class TraceFileReaderTests
{
    [Fact]
    public void Read_Lines_BecomeEntries()
    {
        const string text = """
            {"timestamp": 0.5, "prompt_tokens": 12, "output_tokens": 3, "anything": "else"}

            {"timestamp": 0.5, "prompt_tokens": 1, "output_tokens": 1}
            """;

        Assert.Equal([new TraceEntry(0.5, 12, 3), new TraceEntry(0.5, 1, 1)], TraceFileReader.Read(new StringReader(text), "t.jsonl"));
    }

    [Theory]
    [InlineData("", "t.jsonl:0: the trace has no entry")]
    [InlineData("[]", "t.jsonl:1: the line must be a JSON object")]
    [InlineData("{", "t.jsonl:1: not JSON")]
    [InlineData("{\"timestamp\": 1, \"prompt_tokens\": 0, \"output_tokens\": 1}", "t.jsonl:1: prompt_tokens must be a number from 1 to 10000000")]
    [InlineData("{\"timestamp\": 1, \"prompt_tokens\": \"2\", \"output_tokens\": 1}", "t.jsonl:1: prompt_tokens must be")]
    [InlineData("{\"timestamp\": 2, \"prompt_tokens\": 1, \"output_tokens\": 1}\n{\"timestamp\": 1, \"prompt_tokens\": 1, \"output_tokens\": 1}", "t.jsonl:2: timestamp 1 comes before")]
    public void Read_Mistake_NamesLineAndRule(string text, string start)
    {
        ScenarioException problem = Assert.Throws<ScenarioException>(() => TraceFileReader.Read(new StringReader(text), "t.jsonl"));

        Assert.StartsWith(start, problem.Message, StringComparison.Ordinal);
    }
}
