using InferServe.Engine.Requests;

namespace InferServe.Worker.Generation;

internal static class TokenOutputExtensions
{
    /// <summary>The ids of the tokens, an end token included.</summary>
    public static IReadOnlyList<int> Ids(this IReadOnlyList<TokenOutput> tokens) => [.. tokens.Select(token => token.Token!.Value)];
}
