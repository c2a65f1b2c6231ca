using System.Buffers;

namespace InferServe.Worker.Requests;

/// <summary>The id under which a request appears in logs and answers: the caller's, made harmless, or a new one.</summary>
internal static class RequestIds
{
    public const string Header = "x-request-id";

    private const int MaxLength = 64;

    private static readonly SearchValues<char> Accepted =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Keeps the first 64 letters, digits, '-', '_' and '.' of the caller's id; without any, makes a new one.</summary>
    public static string Choose(string? given)
    {
        var kept = string.Concat((given ?? string.Empty).Where(Accepted.Contains).Take(MaxLength));
        return kept.Length > 0 ? kept : $"req-{Guid.NewGuid():N}";
    }

    /// <summary>Gives every request its id, and every answer the header with it.</summary>
    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.TraceIdentifier = Choose(context.Request.Headers[Header]);
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    });
}
