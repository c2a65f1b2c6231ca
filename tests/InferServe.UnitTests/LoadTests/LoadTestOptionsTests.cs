using InferServe.LoadTests.Options;

namespace InferServe.UnitTests.LoadTests;

public sealed class LoadTestOptionsTests
{
    [Fact]
    public void Parse_EveryOption_TakesItsValue()
    {
        LoadTestOptions options = LoadTestOptions.Parse(
            ["--url", "http://localhost:9/v1", "--model", "m", "--concurrency", "2", "--rounds", "4", "--max-tokens", "5", "--seed", "-6"],
            "key");

        LoadTestOptions expected = new()
        {
            Url = new Uri("http://localhost:9/v1/"),
            Model = "m",
            Concurrency = 2,
            Rounds = 4,
            MaxTokens = 5,
            Seed = -6,
            ApiKey = "key",
        };
        Assert.Equal(expected, options);
    }

    [Theory]
    [InlineData("--concurrency", "0", "from 1 to 1024")]
    [InlineData("--concurrency", "1025", "from 1 to 1024")]
    [InlineData("--rounds", "many", "'many'")]
    [InlineData("--max-tokens", "-1", "'-1'")]
    [InlineData("--url", "ftp://host/v1", "'ftp://host/v1'")]
    [InlineData("--colour", "blue", "--colour")]
    public void Parse_BadOption_NamesRuleAndValue(string name, string value, string part)
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => LoadTestOptions.Parse([name, value], null));

        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OptionWithoutValue_Refused()
    {
        Assert.Throws<ArgumentException>(() => LoadTestOptions.Parse(["--url"], null));
    }
}
