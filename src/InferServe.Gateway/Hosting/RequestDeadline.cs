namespace InferServe.Gateway.Hosting;

/// <summary>When a request has had its time; a feature of the request.</summary>
/// <param name="Limit">The time it had.</param>
/// <param name="Expired">Is cancelled then.</param>
internal sealed record RequestDeadline(TimeSpan Limit, CancellationToken Expired);
