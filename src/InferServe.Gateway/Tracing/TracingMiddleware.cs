using System.Diagnostics;
using System.Globalization;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Workers;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Tenants;
using InferServe.Gateway.Usage;

namespace InferServe.Gateway.Tracing;

/// <summary>
/// Makes a span of every request that goes to a worker, within the client's trace if it has one, and hands the trace on to the
/// worker. Costs nothing while nobody collects spans: then a client's own trace headers pass through unchanged.
/// </summary>
internal sealed class TracingMiddleware(RequestDelegate next)
{
    public const string SourceName = "InferServe.Gateway";

    private static readonly ActivitySource Source = new(SourceName, ProductVersion.Text);

    public Task InvokeAsync(HttpContext context) => Source.HasListeners() ? TraceAsync(context) : next(context);

    private async Task TraceAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var operation = SpanTags.Operation(context.Request.Path.ToString());
        var parent = TraceParent.Parse(headers[TraceParent.Header], headers[TraceParent.StateHeader]);
        // The web server has an activity of its own that nobody collects; as a parent it would keep this span from being sampled.
        Activity.Current = null;
        using var span = Source.StartActivity(operation, ActivityKind.Server, parent);
        if (span is null)
        {
            // The sampler left this one out; the worker hears so by the headers it gets.
            await next(context);
            return;
        }

        headers[TraceParent.Header] = span.Id;
        headers[TraceParent.StateHeader] = span.TraceStateString;
        try
        {
            await next(context);
            Describe(span, context, operation, context.Response.StatusCode);
        }
        catch (Exception exception)
        {
            Describe(span, context, operation, (exception as ApiException)?.Error.Status ?? StatusCodes.Status500InternalServerError);
            throw;
        }
    }

    private static void Describe(Activity span, HttpContext context, string operation, int status)
    {
        var usage = context.Features.Get<RequestUsage>();
        span.DisplayName = usage?.Model is { } model ? $"{operation} {model}" : operation;
        span.SetTag(SpanTags.OperationName, operation);
        span.SetTag(SpanTags.ProviderName, SpanTags.Provider);
        span.SetTag(SpanTags.RequestModel, usage?.Model);
        span.SetTag(SpanTags.StatusCode, status);
        span.SetTag(SpanTags.RequestId, context.TraceIdentifier);
        span.SetTag(SpanTags.Key, context.Features.Get<ApiKey>()?.Name);
        if (usage?.Note is { } note)
        {
            span.SetTag(SpanTags.InputTokens, note.PromptTokens);
            span.SetTag(SpanTags.OutputTokens, note.CompletionTokens);
            span.SetTag(SpanTags.CachedTokens, note.CachedTokens);
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            span.SetTag(SpanTags.ErrorType, "cancelled");
        }
        else if (status >= StatusCodes.Status400BadRequest)
        {
            span.SetTag(SpanTags.ErrorType, status.ToString(CultureInfo.InvariantCulture));
            span.SetStatus(status >= StatusCodes.Status500InternalServerError ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }
    }
}
