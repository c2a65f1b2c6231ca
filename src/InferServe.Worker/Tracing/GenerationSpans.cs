using System.Diagnostics;
using System.Runtime.CompilerServices;
using InferServe.Contracts.Workers;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.Worker.Generation;

namespace InferServe.Worker.Tracing;

/// <summary>
/// Makes spans of requests: one for the whole, within the gateway's, and in it one for each sample's time in the queue, in prefill and
/// in decode. The engine tells the times of a sample when it has ended; the spans are made then, with the times they had. Does nothing while nobody
/// collects spans.
/// </summary>
internal sealed class GenerationSpans(TimeProvider time)
{
    public const string SourceName = "InferServe.Worker";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The whole span of each request that the engine has, by the request itself: ids come from clients and need not be unique.</summary>
    private readonly ConditionalWeakTable<GenerationRequest, Activity> _spans = [];

    /// <summary>A request comes to the engine; null when nobody collects its spans.</summary>
    public Activity? Start(HttpContext context, string model, GenerationPlan plan)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // The web server has an activity of its own that nobody collects; as a parent it would keep this span from being sampled.
        Activity.Current = null;
        var headers = context.Request.Headers;
        var span = Source.StartActivity("generate", ActivityKind.Server, TraceParent.Parse(headers[TraceParent.Header], headers[TraceParent.StateHeader]));
        if (span is not null)
        {
            Describe(span, model, context.Request.Path.ToString(), plan.Requests[0], plan.Samples);
            span.SetTag(SpanTags.RequestId, context.TraceIdentifier);
            foreach (var request in plan.Requests)
            {
                _spans.Add(request, span);
            }
        }

        return span;
    }

    /// <summary>A request has got its answers.</summary>
    public static void End(Activity span, UsageNote usage, IEnumerable<string> finishReasons)
    {
        span.SetTag(SpanTags.InputTokens, usage.PromptTokens);
        span.SetTag(SpanTags.OutputTokens, usage.CompletionTokens);
        span.SetTag(SpanTags.CachedTokens, usage.CachedTokens);
        span.SetTag(SpanTags.ResponseFinishReasons, finishReasons.ToArray());
        if (finishReasons.FirstOrDefault(reason => reason is Outcomes.Cancelled or Outcomes.Error) is { } failure)
        {
            span.SetTag(SpanTags.ErrorType, failure);
            span.SetStatus(failure == Outcomes.Error ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }

        span.Dispose();
    }

    /// <summary>A sample has ended; called by the engine.</summary>
    public void SampleFinished(RequestMeasurements measurements)
    {
        if (!_spans.TryGetValue(measurements.Request, out var whole))
        {
            return;
        }

        var start = time.GetUtcNow() - measurements.Duration;
        foreach (var (name, duration) in new[] { ("queue", measurements.QueueTime), ("prefill", measurements.PrefillTime), ("decode", measurements.DecodeTime) })
        {
            if (duration is not { } length)
            {
                break;
            }

            using var span = Source.StartActivity(name, ActivityKind.Internal, whole.Context, startTime: start);
            span?.SetTag(SpanTags.Sample, measurements.SampleIndex);
            start += length;
            span?.SetEndTime(start.UtcDateTime);
        }
    }

    private static void Describe(Activity span, string model, string path, GenerationRequest request, int samples)
    {
        span.DisplayName = $"generate {model}";
        span.SetTag(SpanTags.OperationName, SpanTags.Operation(path));
        span.SetTag(SpanTags.ProviderName, SpanTags.Provider);
        span.SetTag(SpanTags.RequestModel, model);
        span.SetTag(SpanTags.ResponseModel, model);
        span.SetTag(SpanTags.RequestMaxTokens, request.MaxTokens);
        span.SetTag(SpanTags.RequestTemperature, (double)request.Sampling.Temperature);
        span.SetTag(SpanTags.RequestTopP, (double)request.Sampling.TopP);
        span.SetTag(SpanTags.RequestSeed, (long?)request.Sampling.Seed);
        span.SetTag(SpanTags.RequestChoiceCount, samples);
    }
}
