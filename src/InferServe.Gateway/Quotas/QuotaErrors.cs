using System.Globalization;
using InferServe.Contracts.Errors;

namespace InferServe.Gateway.Quotas;

/// <summary>The error of a request that its key's limits do not allow.</summary>
internal static class QuotaErrors
{
    public static ApiError Of(string key, QuotaRefusal refusal)
    {
        var what = refusal.Kind switch
        {
            QuotaKind.RequestsPerMinute => "requests per minute",
            QuotaKind.TokensPerMinute => "tokens per minute",
            _ => "requests at the same time",
        };
        var message = string.Create(CultureInfo.InvariantCulture,
            $"The key '{key}' may have {refusal.Limit} {what} and has used {refusal.Used}. Try again in {refusal.RetrySeconds} s.");
        return ApiErrors.RateLimitExceeded(message, TimeSpan.FromSeconds(refusal.RetrySeconds));
    }
}
