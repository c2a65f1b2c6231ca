namespace InferServe.LoadTests.Scenarios;

/// <summary>How requests get to the server.</summary>
/// <param name="HttpVersion">1.1 or 2.0 (over TLS by negotiation, without TLS by prior knowledge).</param>
/// <param name="MostConnections">Connections at once; requests beyond wait in the client, and that wait counts as latency.</param>
/// <param name="Reuse">False opens a connection for each request.</param>
internal sealed record ConnectionShape(Version HttpVersion, int MostConnections, bool Reuse)
{
    public static ConnectionShape Default { get; } = new(System.Net.HttpVersion.Version11, 10_000, true);
}
