namespace InferServe.UnitTests.Tokenization.Reference;

/// <summary>The file of random tokenizers with the reference library's results.</summary>
internal static class ReferenceFile
{
    private const string Name = "reference-results.jsonl";

    public static string[] ReadLines()
    {
        using Stream stream = typeof(ReferenceFile).Assembly.GetManifestResourceStream(Name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
