using System.Buffers;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Tools;
using InferServe.Worker.Prompting;

namespace InferServe.Worker.Requests;

/// <summary>Names what a request asks for and the server does not act on, in a header of the answer.</summary>
internal static class IgnoredFields
{
    public const string Header = "x-inferserve-ignored";

    private static readonly SearchValues<char> Accepted =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.[]");

    /// <summary>Sets the header, unless nothing is ignored. A name that does not fit into a header shows as question marks there.</summary>
    public static void Announce(HttpResponse response, IEnumerable<string> names)
    {
        var value = string.Join(", ", names.Select(name => string.Concat(name.Select(letter => Accepted.Contains(letter) ? letter : '?'))));
        if (value.Length > 0)
        {
            response.Headers[Header] = value;
        }
    }

    /// <summary>Known fields whose value would have an effect elsewhere.</summary>
    public static IEnumerable<string> WithoutEffect(ChatCompletionRequest request, ChatPrompt? prompt)
    {
        if (request.Store is true)
        {
            yield return "store";
        }

        if (request.ServiceTier is not (null or "auto" or "default"))
        {
            yield return "service_tier";
        }

        if (request.ReasoningEffort is not null && prompt?.KnowsReasoningEffort is not true)
        {
            yield return "reasoning_effort";
        }

        if (request.Tools is { Count: > 0 } && request.ToolChoice?.Mode is not ToolChoice.None && prompt?.Abilities.ShowsTools is false)
        {
            // A call that is demanded is still enforced, but the model has not read what it may call.
            yield return "tools";
        }
    }
}
