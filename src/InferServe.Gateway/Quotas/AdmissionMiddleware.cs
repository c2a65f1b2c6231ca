using System.Globalization;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Workers;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Routing;
using InferServe.Gateway.Tenants;
using InferServe.Gateway.Usage;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Quotas;

/// <summary>
/// Stands before the routing of generating requests: (1) nothing that only the gateway may say comes from a client; (2) the key must
/// be allowed to use the model; (3) its limits must allow the request; (4) the worker learns whose request it is and is asked for the
/// usage; (5) when the answer has ended, what it took is charged.
/// </summary>
internal sealed class AdmissionMiddleware(
    RequestDelegate next,
    ModelRegistryProvider registry,
    QuotaBook quotas,
    UsageRecorder recorder,
    IOptions<GatewayOptions> gateway,
    IOptions<TenantsOptions> options,
    TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // (1)
        foreach (var name in context.Request.Headers.Keys.Where(name => name.StartsWith(WorkerHeaders.Prefix, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            context.Request.Headers.Remove(name);
        }

        // (2)
        var body = await RequestBody.BufferAsync(context.Request, gateway.Value.MaxRequestBodyBytes, context.RequestAborted);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        var model = TenantAccess.Require(context, registry.Current, ModelField.Read(bytes.Span));

        // (3)
        var key = context.Features.Get<ApiKey>();
        var decision = key is null ? null : Enter(context, key, bytes.Span);

        // (4)
        var usage = new RequestUsage { Model = model.Name };
        context.Features.Set(usage);
        Introduce(context.Request.Headers, key);
        context.Response.OnStarting(() => TakeNote(context.Response, usage));

        // (5)
        try
        {
            await next(context);
        }
        finally
        {
            var note = usage.Note ?? default;
            var isUnknown = usage.Note is null && context.RequestAborted.IsCancellationRequested && context.Features.Get<RoutedRequest>() is { Tried.Count: > 0 };
            var tokens = isUnknown ? decision?.ExpectedTokens ?? 0 : note.TotalTokens;
            if (key is not null)
            {
                quotas.Of(key.Name).Leave(decision!.ExpectedTokens, tokens, time.GetUtcNow());
            }

            recorder.Record(key?.Name, model.Name, note);
        }
    }

    private QuotaDecision Enter(HttpContext context, ApiKey key, ReadOnlySpan<byte> body)
    {
        var decision = quotas.Of(key.Name).TryEnter(key, ExpectedTokens.Of(body, options.Value.ExpectedAnswerTokens), time.GetUtcNow());
        RateLimitHeaders.Write(context.Response.Headers, decision);
        return decision.Refusal is { } refusal ? throw new ApiException(QuotaErrors.Of(key.Name, refusal)) : decision;
    }

    private static void Introduce(IHeaderDictionary headers, ApiKey? key)
    {
        headers[WorkerHeaders.Usage] = "1";
        if (key is not null)
        {
            headers[WorkerHeaders.Tenant] = key.Tenant;
            headers[WorkerHeaders.Priority] = key.Priority.ToString(CultureInfo.InvariantCulture);
            if (!key.SharedPrefixCache)
            {
                headers[WorkerHeaders.CacheScope] = key.Tenant;
            }
        }
    }

    /// <summary>The note of an answer in one piece is a header, which the client does not get.</summary>
    private static Task TakeNote(HttpResponse response, RequestUsage usage)
    {
        var value = response.Headers[WorkerHeaders.Usage].ToString();
        response.Headers.Remove(WorkerHeaders.Usage);
        if (UsageNote.TryParse(System.Text.Encoding.ASCII.GetBytes(value), out var note))
        {
            usage.Note = note;
        }

        return Task.CompletedTask;
    }
}
