using System.Globalization;

namespace InferServe.Gateway.Quotas;

/// <summary>Tells clients how their key stands, in OpenAI's headers.</summary>
internal static class RateLimitHeaders
{
    public static void Write(IHeaderDictionary headers, QuotaDecision decision)
    {
        Write(headers, "requests", decision.Requests);
        Write(headers, "tokens", decision.Tokens);
    }

    private static void Write(IHeaderDictionary headers, string unit, QuotaStatus? status)
    {
        if (status is not null)
        {
            headers[$"x-ratelimit-limit-{unit}"] = status.Limit.ToString(CultureInfo.InvariantCulture);
            headers[$"x-ratelimit-remaining-{unit}"] = status.Remaining.ToString(CultureInfo.InvariantCulture);
            headers[$"x-ratelimit-reset-{unit}"] = string.Create(CultureInfo.InvariantCulture, $"{(long)status.Reset.TotalSeconds}s");
        }
    }
}
