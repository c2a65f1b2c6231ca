using InferServe.LoadTests.Workload;

namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>Reads <c>prompts</c>.</summary>
internal static class PromptReader
{
    private const int MostTokens = 10_000_000;

    public static PromptSource Read(ScenarioSection? section, ScenarioFolder folder)
    {
        if (section is null)
        {
            return new SyntheticPrompts(Distribution.Constant(1));
        }

        PromptSource source = section.Choice("kind", ["synthetic", "shared-prefix", "chat", "file"]) switch
        {
            "shared-prefix" => new SharedPrefixPrompts(
                section.Whole("groups", 1, 1_000_000), section.Whole("prefixTokens", 1, MostTokens), DistributionReader.Length(section, "tokens")),
            "chat" => new ChatPrompts(
                DistributionReader.Length(section, "turns"), section.Whole("systemTokens", 0, MostTokens, 0), DistributionReader.Length(section, "tokens"), DistributionReader.Seconds(section, "thinkSeconds", 0)),
            "file" => new FilePrompts(folder.Read(section, PromptFileReader.Read, []), section.Flag("shuffle", false)),
            _ => new SyntheticPrompts(DistributionReader.Length(section, "tokens")),
        };
        section.Finish();
        return source;
    }
}
