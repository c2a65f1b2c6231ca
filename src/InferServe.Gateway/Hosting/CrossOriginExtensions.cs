using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Hosting;

internal static class CrossOriginExtensions
{
    /// <summary>What a page may read of an answer beside the headers that every page may read.</summary>
    private static readonly string[] Exposed =
    [
        "x-request-id", "x-inferserve-ignored", "retry-after",
        "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests",
        "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens",
    ];

    public static IServiceCollection AddCrossOrigins(this IServiceCollection services)
    {
        services.AddCheckedOptions<CrossOriginOptions>(CrossOriginOptions.Section);
        services.AddOptions<CrossOriginOptions>().Validate(
            options => options.Origins.All(IsOrigin),
            $"{CrossOriginOptions.Section}:Origins holds origins, such as https://chat.example.org, or *; no path, no trailing slash.");
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<CrossOriginOptions>>((cors, options) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.Value.Origins])
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete)
            .AllowAnyHeader()
            .WithExposedHeaders(Exposed)
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
        return services;
    }

    /// <summary>Answers browsers that ask whether a page may call, unless no page may.</summary>
    public static void UseCrossOrigins(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<CrossOriginOptions>>().Value.Origins.Count > 0)
        {
            app.UseCors();
        }
    }

    private static bool IsOrigin(string text) => text == "*"
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase));
}
