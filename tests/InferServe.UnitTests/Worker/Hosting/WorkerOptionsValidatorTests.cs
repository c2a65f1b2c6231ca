using InferServe.Contracts.Validation;
using InferServe.Worker.Generation;
using InferServe.Worker.Hosting;

namespace InferServe.UnitTests.Worker.Hosting;

public sealed class WorkerOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_NeedOnlyTheModel()
    {
        Assert.Null(Failures(new WorkerOptions { Model = "models/x" }));
        Assert.Contains("Worker:Model is required", Assert.Single(Failures(new WorkerOptions())!), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralMistakes_NamesEachWithRangeAndValue() => Assert.Equal(
        [
            "Worker:MaxSequences must be 1 to 1024; it is 0.",
            "Worker:ContextLength must be 2 to 16777216; it is 1.",
            "Worker:Defaults:Temperature must be 0 to 2; it is 2.5.",
            "Worker:Defaults:TopP must be above 0 and at most 1; it is 0.",
            "Worker:Limits:Messages must be 1 to 1000000; it is -1.",
        ],
        Failures(new WorkerOptions
        {
            Model = "m",
            MaxSequences = 0,
            ContextLength = 1,
            Defaults = new SamplingChoices { Temperature = 2.5, TopP = 0 },
            Limits = new RequestLimits { Messages = -1 },
        }));

    [Fact]
    public void Validate_AdaptersWithoutPathOrOfATakenName_AreNamed()
    {
        var options = new WorkerOptions { Model = "m", Name = "base" };
        options.Adapters.Add(new AdapterOptions { Name = "base", Path = "a" });
        options.Adapters.Add(new AdapterOptions { Name = "formal" });
        options.Adapters.Add(new AdapterOptions { Name = "terse", Path = "b" });

        Assert.Equal(
            [
                "Worker:Adapters must have names that neither the model nor another adapter has; 'base' is taken.",
                "Worker:Adapters must each have a Name of 1 to 256 characters and a Path; one has the name 'formal' and the path ''.",
            ],
            Failures(options));
    }

    [Fact]
    public void Validate_LongSocketPath_NamesTheLimit() => Assert.Contains(
        "at most 103 bytes; it has 200", Assert.Single(Failures(new WorkerOptions { Model = "m", Socket = new string('x', 200) })!), StringComparison.Ordinal);

    [Theory]
    [InlineData("models/nano", null, "nano")]
    [InlineData("models/nano/", "", "nano")]
    [InlineData("models/nano", "other", "other")]
    public void EffectiveName_NoName_IsTheFoldersName(string model, string? name, string expected) =>
        Assert.Equal(expected, new WorkerOptions { Model = model, Name = name }.EffectiveName);

    private static IEnumerable<string>? Failures(WorkerOptions options) => new WorkerOptionsValidator().Validate(null, options).Failures;
}
