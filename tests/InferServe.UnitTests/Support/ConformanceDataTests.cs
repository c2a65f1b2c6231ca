namespace InferServe.UnitTests.Support;

public class ConformanceDataTests
{
    public static TheoryData<string> Tokenizers => [.. ConformanceData.FoldersIn("tokenizers")];

    [ConformanceTheory]
    [MemberData(nameof(Tokenizers))]
    public void PathOf_EveryTokenizer_HasGoldens(string name) =>
        Assert.True(File.Exists(ConformanceData.PathOf("tokenizers", name, "goldens.json")));

    [ConformanceFact]
    public void PathOf_UnknownName_Throws() => Assert.Throws<FileNotFoundException>(() => ConformanceData.PathOf("no such folder"));
}
