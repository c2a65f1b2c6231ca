using System.Globalization;
using InferServe.Contracts.Logprobs;
using InferServe.Engine.Requests;
using EngineReason = InferServe.Engine.Requests.FinishReason;

namespace InferServe.Worker.Logprobs;

/// <summary>Shows the engine's log-probabilities in the forms of the API.</summary>
internal sealed class LogprobFormat(TokenTexts texts)
{
    /// <summary>What stands for a probability of zero, whose logarithm JSON cannot write.</summary>
    private const double Never = -9999;

    /// <summary>The form of chats; null when no token has log-probabilities.</summary>
    public ChatLogprobs? Chat(IReadOnlyList<TokenOutput> tokens)
    {
        var shown = Shown(tokens);
        return shown.Count == 0 ? null : new ChatLogprobs { Content = [.. shown.Select(Describe)] };
    }

    /// <summary>The form of continued texts; null when no token has log-probabilities.</summary>
    /// <param name="tokens">The answer's tokens.</param>
    /// <param name="prompt">Those of an echoed prompt with their ids, or null.</param>
    /// <param name="offset">Where the first of them begins in the answer's text, in UTF-16 characters; moved behind the last one.</param>
    public CompletionLogprobs? Completion(IReadOnlyList<TokenOutput> tokens, IReadOnlyList<(int Token, TokenLogprobs? Logprobs)>? prompt, ref int offset)
    {
        List<(int Token, TokenLogprobs? Logprobs)> all = [.. prompt ?? [], .. Shown(tokens).Select(logprobs => (logprobs.Token, (TokenLogprobs?)logprobs))];
        if (all.Count == 0)
        {
            return null;
        }

        var names = all.ConvertAll(item => texts.Text(item.Token));
        var offsets = new int[all.Count];
        for (var index = 0; index < offsets.Length; index++)
        {
            offsets[index] = offset;
            offset += names[index].Length;
        }

        return new CompletionLogprobs
        {
            Tokens = names,
            TokenLogprobs = all.ConvertAll(item => item.Logprobs is { } given ? Finite(given.Logprob) : (double?)null),
            TopLogprobs = all.ConvertAll(item => item.Logprobs is { } given ? ByText(given) : null),
            TextOffset = offsets,
        };
    }

    /// <summary>The form of a prompt's log-probabilities: by token id, the prompt's own token among them.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, PromptLogprob>?>? Prompt(IReadOnlyList<TokenLogprobs?>? prompt) =>
        prompt?.Select(item => item is null ? null : ById(item)).ToList();

    private static List<TokenLogprobs> Shown(IReadOnlyList<TokenOutput> tokens) =>
        [.. from token in tokens where token.FinishReason is not EngineReason.Stop && token.Logprobs is not null select token.Logprobs];

    private static double Finite(float logprob) => float.IsFinite(logprob) ? logprob : Never;

    private TokenLogprob Describe(TokenLogprobs item) => new()
    {
        Token = texts.Text(item.Token),
        Logprob = Finite(item.Logprob),
        Bytes = texts.Bytes(item.Token),
        TopLogprobs = [.. item.Top.Select(top => new TopLogprob { Token = texts.Text(top.Key), Logprob = Finite(top.Value), Bytes = texts.Bytes(top.Key) })],
    };

    /// <summary>The likeliest tokens and the token itself. Tokens of the same text share an entry, that of the likeliest.</summary>
    private Dictionary<string, double> ByText(TokenLogprobs item)
    {
        var result = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (token, logprob) in item.Top.Append(new(item.Token, item.Logprob)))
        {
            result.TryAdd(texts.Text(token), Finite(logprob));
        }

        return result;
    }

    private Dictionary<string, PromptLogprob> ById(TokenLogprobs item)
    {
        var result = new Dictionary<string, PromptLogprob>(StringComparer.Ordinal);
        foreach (var (index, (token, logprob)) in item.Top.Index())
        {
            result[Key(token)] = new PromptLogprob { Logprob = Finite(logprob), Rank = index + 1, DecodedToken = texts.Text(token) };
        }

        result[Key(item.Token)] = new PromptLogprob { Logprob = Finite(item.Logprob), Rank = item.Rank, DecodedToken = texts.Text(item.Token) };
        return result;
    }

    private static string Key(int token) => token.ToString(CultureInfo.InvariantCulture);
}
