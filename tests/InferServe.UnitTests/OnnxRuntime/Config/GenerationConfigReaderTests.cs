using System.Text;
using InferServe.OnnxRuntime.Config;

namespace InferServe.UnitTests.OnnxRuntime.Config;

public sealed class GenerationConfigReaderTests
{
    [Fact]
    public void Read_AllFields_GivesThem()
    {
        var defaults = Read("""{"do_sample":true,"temperature":0.5,"top_k":40,"top_p":0.25,"min_p":0.125,"repetition_penalty":1.5,"eos_token_id":[1]}""", out var problems);

        Assert.Empty(problems);
        Assert.Equal(new GenerationDefaults { Temperature = 0.5f, TopK = 40, TopP = 0.25f, MinP = 0.125f, RepetitionPenalty = 1.5f }, defaults);
    }

    [Fact]
    public void Read_EndTokensAndLength_GivesThem()
    {
        Assert.Equal([7, 8], ReadAll("""{"eos_token_id":[7,8]}""", out _).EosTokenIds);
        Assert.Equal([7], ReadAll("""{"eos_token_id":7}""", out _).EosTokenIds);
        Assert.Empty(ReadAll("""{"eos_token_id":null}""", out _).EosTokenIds);
        Assert.Equal(100, Read("""{"max_new_tokens":100,"max_length":20}""", out _).MaxNewTokens);
    }

    [Fact]
    public void Read_TextThatIsNoUnicode_SaysSo()
    {
        Read("""{"do_sample":"\ud800"}""", out var problems);

        Assert.StartsWith("generation_config.json: do_sample must be true or false", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFields_SaysNothing()
    {
        Assert.Equal(GenerationDefaults.None, Read("{}", out _));
    }

    [Fact]
    public void Read_DoSampleFalse_IsGreedyWhateverTheTemperature()
    {
        Assert.Equal(0f, Read("""{"do_sample":false,"temperature":0.7}""", out _).Temperature);
    }

    [Theory]
    [InlineData("""{"temperature":-1}""", "temperature must be a number of at least 0 and at most 100, got -1")]
    [InlineData("""{"top_p":0}""", "top_p must be a number above 0 and at most 1, got 0")]
    [InlineData("""{"top_p":"x"}""", "top_p must be a number above 0 and at most 1, got \"x\"")]
    [InlineData("""{"top_k":-1}""", "top_k must be a whole number between 0 and 2147483647, got -1")]
    [InlineData("""{"min_p":1.5}""", "min_p must be a number of at least 0 and at most 1, got 1.5")]
    [InlineData("""{"do_sample":1}""", "do_sample must be true or false, got 1")]
    public void Read_ValueOutOfRange_NamesFieldLimitAndValue(string json, string problem)
    {
        Read(json, out var problems);

        Assert.Equal("generation_config.json: " + problem, Assert.Single(problems));
    }

    private static GenerationDefaults Read(string json, out List<string> problems) => ReadAll(json, out problems).Defaults;

    private static GenerationConfig ReadAll(string json, out List<string> problems)
    {
        problems = [];
        return GenerationConfigReader.Read(Encoding.UTF8.GetBytes(json), problems);
    }
}
