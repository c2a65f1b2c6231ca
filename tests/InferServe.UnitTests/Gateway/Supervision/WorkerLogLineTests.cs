using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Logging;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class WorkerLogLineTests
{
    [Theory]
    [InlineData("trce", LogLevel.Trace)]
    [InlineData("dbug", LogLevel.Debug)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("warn", LogLevel.Warning)]
    [InlineData("fail", LogLevel.Error)]
    [InlineData("crit", LogLevel.Critical)]
    public void Parse_LogEntry_KeepsLevelCategoryAndText(string name, LogLevel level)
        => Assert.Equal(new WorkerLogLine(level, "InferServe.Worker", "it broke [1]"), Parse($"{name}: InferServe.Worker[-63] it broke [1]"));

    [Theory]
    [InlineData("Unhandled exception.")]
    [InlineData("info: ")]
    [InlineData("loud: InferServe.Worker[1] text")]
    [InlineData("info: InferServe.Worker text")]
    [InlineData("  info: InferServe.Worker[1] text")]
    public void Parse_AnythingElse_IsPlainText(string line)
        => Assert.Equal(new WorkerLogLine(LogLevel.Warning, null, line), Parse(line));

    private static WorkerLogLine Parse(string line) => WorkerLogLine.Parse(line, LogLevel.Warning);
}
