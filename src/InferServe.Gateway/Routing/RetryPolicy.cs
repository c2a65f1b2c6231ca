namespace InferServe.Gateway.Routing;

/// <summary>Decides whether a request that got no byte of an answer is sent to another worker.</summary>
internal static class RetryPolicy
{
    /// <summary>A request that kills its workers must not take them all.</summary>
    private const int MostLost = 1;

    /// <param name="lost">Workers that the request has lost so far, the latest included.</param>
    /// <param name="tried">Workers that it was sent to.</param>
    /// <param name="retries">Further workers that a request may be sent to.</param>
    public static bool MayTryAnother(int lost, int tried, int retries) => lost <= MostLost && tried <= retries;
}
