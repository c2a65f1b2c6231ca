using InferServe.Worker.Inspection;

namespace InferServe.UnitTests.Worker.Inspection;

public sealed class InspectArgumentsTests
{
    [Fact]
    public void Parse_EveryOption_GivesThem() => Assert.Equal(
        new InspectArguments("models/m", "onnx/model_q4.onnx", 4, 512, Json: true, Quick: true),
        InspectArguments.Parse(["--json", "--sequences", "4", "models/m", "--file", "onnx/model_q4.onnx", "--context", "512", "--quick"], out _));

    [Fact]
    public void Parse_FolderAlone_LeavesTheRestOpen() =>
        Assert.Equal(new InspectArguments("m", null, 16, null, Json: false, Quick: false), InspectArguments.Parse(["m"], out _));

    [Theory]
    [InlineData("The model folder is missing.")]
    [InlineData("The model folder is missing.", "--json")]
    [InlineData("There is one folder too many: 'n'.", "m", "n")]
    [InlineData("There is no option '--all'.", "m", "--all")]
    [InlineData("--sequences must be a whole number from 1 to 1024, it is '1025'.", "m", "--sequences", "1025")]
    [InlineData("--context must be a whole number from 2 to 16777216, it is ''.", "m", "--context")]
    [InlineData("--file needs the path of a graph within the folder.", "m", "--file")]
    public void Parse_Mistake_IsExplained(string mistake, params string[] arguments)
    {
        Assert.Null(InspectArguments.Parse(arguments, out var found));
        Assert.Equal(mistake, found);
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1_610_612_736, "1.5 GiB")]
    [InlineData(long.MaxValue, "8388608 TiB")]
    public void Bytes_Number_IsToldInTheLargestUnitThatFits(long bytes, string text) => Assert.Equal(text, FolderReportText.Bytes(bytes));
}
