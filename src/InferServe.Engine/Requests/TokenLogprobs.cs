namespace InferServe.Engine.Requests;

/// <summary>
/// The natural logarithms of a token's probability and of the likeliest tokens', in the model's own distribution: before bias, penalties,
/// temperature and truncation, as OpenAI gives them.
/// </summary>
/// <param name="Token">The token.</param>
/// <param name="Logprob">Its log-probability.</param>
/// <param name="Rank">Its place among all tokens, 1 for the likeliest.</param>
/// <param name="Top">The likeliest tokens in falling order; as many as the request asks for.</param>
public sealed record TokenLogprobs(int Token, float Logprob, int Rank, IReadOnlyList<KeyValuePair<int, float>> Top);
