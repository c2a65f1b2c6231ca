using InferServe.Gateway.Tenants;

namespace InferServe.Gateway.Quotas;

/// <summary>
/// What one key has used of its limits. All limits are decided under one lock, so that they are exact however many requests arrive
/// at once and a refused request uses up nothing.
/// </summary>
internal sealed class KeyQuota
{
    private readonly Lock _lock = new();
    private readonly MinuteWindow _requests = new();
    private readonly MinuteWindow _tokens = new();
    private long _expectedTokens;
    private int _running;
    private bool _changed;

    /// <summary>Lets a request in when every limit of its key allows it.</summary>
    /// <param name="key">The key with its limits as they are now.</param>
    /// <param name="expectedTokens">Tokens that the request will probably take; they count until <see cref="Leave"/> brings the truth.</param>
    /// <param name="now">The time.</param>
    public QuotaDecision TryEnter(ApiKey key, long expectedTokens, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        lock (_lock)
        {
            // A request that expects more than a whole minute may have still gets in when nothing else counts.
            expectedTokens = Math.Min(expectedTokens, key.TokensPerMinute ?? expectedTokens);
            var refusal = Refusal(key, expectedTokens, second);
            if (refusal is null)
            {
                _requests.Add(second, 1);
                _expectedTokens += expectedTokens;
                _running++;
                _changed = true;
            }

            return new QuotaDecision
            {
                Refusal = refusal,
                ExpectedTokens = expectedTokens,
                Requests = key.RequestsPerMinute is { } requests ? Status(_requests, requests, 0, second) : null,
                Tokens = key.TokensPerMinute is { } tokens ? Status(_tokens, tokens, _expectedTokens, second) : null,
            };
        }
    }

    /// <summary>A request that was let in has ended.</summary>
    /// <param name="expectedTokens">As decided when it was let in.</param>
    /// <param name="tokens">What it really took.</param>
    /// <param name="now">The time.</param>
    public void Leave(long expectedTokens, long tokens, DateTimeOffset now)
    {
        lock (_lock)
        {
            _running--;
            _expectedTokens -= expectedTokens;
            if (tokens > 0)
            {
                _tokens.Add(now.ToUnixTimeSeconds(), tokens);
                _changed = true;
            }
        }
    }

    /// <summary>Puts back what counted before a restart.</summary>
    public void Restore(long second, long requests, long tokens)
    {
        lock (_lock)
        {
            _requests.Add(second, requests);
            _tokens.Add(second, tokens);
        }
    }

    /// <summary>The cells that count, if anything was added since the last call; else null.</summary>
    public IReadOnlyList<QuotaCell>? TakeChanged(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        lock (_lock)
        {
            if (!_changed)
            {
                return null;
            }

            _changed = false;
            var cells = _requests.Cells(second).ToDictionary(cell => cell.Second, cell => new QuotaCell(cell.Second, cell.Amount, 0));
            foreach (var (at, tokens) in _tokens.Cells(second))
            {
                cells[at] = cells.GetValueOrDefault(at, new QuotaCell(at, 0, 0)) with { Tokens = tokens };
            }

            return [.. cells.Values];
        }
    }

    private QuotaRefusal? Refusal(ApiKey key, long expectedTokens, long second)
    {
        if (key.ConcurrentRequests is { } most && _running >= most)
        {
            return new QuotaRefusal(QuotaKind.ConcurrentRequests, most, _running, 1);
        }

        if (key.RequestsPerMinute is { } requests && _requests.Used(second) is var sent && sent >= requests)
        {
            return new QuotaRefusal(QuotaKind.RequestsPerMinute, requests, sent, _requests.SecondWithAtMost(second, requests - 1) - second);
        }

        if (key.TokensPerMinute is { } tokens && _tokens.Used(second) + _expectedTokens is var used && used + expectedTokens > tokens)
        {
            var wait = _tokens.SecondWithAtMost(second, Math.Max(0, tokens - expectedTokens - _expectedTokens)) - second;
            return new QuotaRefusal(QuotaKind.TokensPerMinute, tokens, used, Math.Max(1, wait));
        }

        return null;
    }

    private static QuotaStatus Status(MinuteWindow window, long limit, long expected, long second) => new(
        limit, Math.Max(0, limit - window.Used(second) - expected), TimeSpan.FromSeconds(window.SecondWithAtMost(second, 0) - second));
}
