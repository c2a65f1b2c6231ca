namespace InferServe.LoadTests.Workload;

/// <summary>Seeded prompts whose answers are long enough to show the rate of generation.</summary>
internal static class PromptSet
{
    private static readonly string[] Requests =
    [
        "Tell me what InferServe is and how I call it.",
        "Spell the word {0} letter by letter.",
        "Sort these numbers from small to large: {1}, {2}, {3}, {4}, {5}.",
        "Count from 1 to {6}.",
        "What is {1} plus {2}? Explain your answer in a sentence.",
    ];

    private static readonly string[] Words = ["garden", "winter", "bridge", "planet", "silver", "market", "window", "summer"];

    /// <summary>The same <paramref name="count"/> prompts for the same seed.</summary>
    public static IReadOnlyList<string> Create(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Create(random))];
    }

    private static string Create(Random random)
    {
        object[] values =
        [
            Words[random.Next(Words.Length)], random.Next(1, 100), random.Next(1, 100), random.Next(1, 100), random.Next(1, 100),
            random.Next(1, 100), random.Next(10, 31),
        ];
        return string.Format(null, Requests[random.Next(Requests.Length)], values);
    }
}
