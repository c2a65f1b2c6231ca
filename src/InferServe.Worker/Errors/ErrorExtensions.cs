namespace InferServe.Worker.Errors;

internal static class ErrorExtensions
{
    /// <summary>Answers every failure in OpenAI's shape.</summary>
    public static IApplicationBuilder UseApiErrors(this IApplicationBuilder app) => app.UseMiddleware<ErrorMiddleware>();
}
