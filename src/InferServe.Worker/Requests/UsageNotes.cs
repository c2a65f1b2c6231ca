using InferServe.Contracts.Generation;
using InferServe.Contracts.Workers;

namespace InferServe.Worker.Requests;

/// <summary>Tells the gateway what a request took, apart from what the client is told.</summary>
internal static class UsageNotes
{
    /// <summary>Whether the sender of the request is a gateway that wants to know.</summary>
    public static bool AreWanted(HttpRequest request) => request.Headers.ContainsKey(WorkerHeaders.Usage);

    public static UsageNote Of(Usage usage) => new(
        usage.PromptTokens,
        usage.CompletionTokens,
        usage.PromptTokensDetails?.CachedTokens ?? 0,
        usage.CompletionTokensDetails?.ReasoningTokens ?? 0);

    /// <summary>Puts the note of an answer in one piece into its headers, when it is wanted.</summary>
    public static void Announce(HttpContext context, Usage usage)
    {
        if (AreWanted(context.Request))
        {
            context.Response.Headers[WorkerHeaders.Usage] = Of(usage).ToString();
        }
    }
}
