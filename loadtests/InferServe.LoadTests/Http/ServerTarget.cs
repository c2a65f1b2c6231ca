namespace InferServe.LoadTests.Http;

/// <summary>The server under test.</summary>
/// <param name="Url">Base address with <c>/v1/</c> at its end.</param>
/// <param name="ApiKeys">Keys that requests take by turns; empty for none. They are in no report and no message.</param>
internal sealed record ServerTarget(Uri Url, IReadOnlyList<string> ApiKeys)
{
    /// <summary>The key of the session with this index, or null.</summary>
    public string? KeyFor(int session) => ApiKeys.Count == 0 ? null : ApiKeys[session % ApiKeys.Count];

    /// <summary>The text with every key in it made unreadable.</summary>
    public string WithoutKeys(string text) => ApiKeys.Aggregate(text, (result, key) => result.Replace(key, "***", StringComparison.Ordinal));
}
