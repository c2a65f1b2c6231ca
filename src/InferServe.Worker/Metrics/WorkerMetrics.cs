using InferServe.Contracts.Errors;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.Worker.Hosting;
using InferServe.Worker.Models;
using InferServe.Worker.Tracing;
using Microsoft.Extensions.Options;
using Prometheus;

namespace InferServe.Worker.Metrics;

/// <summary>Everything that the worker measures. The engine reports on its own thread; a report is an addition or two.</summary>
internal sealed class WorkerMetrics : IEngineObserver
{
    /// <summary>Weight of the newest request in <see cref="MeanDuration"/>.</summary>
    private const double Newest = 0.1;

    private readonly GenerationSpans _spans;
    private readonly MetricFactory _factory;
    private readonly string[] _model;
    private readonly Counter.Child _promptTokensTotal;
    private readonly Counter.Child _generationTokensTotal;
    private readonly Counter.Child _cachedTokensTotal;
    private readonly Counter.Child _cacheQueriesTotal;
    private readonly Counter.Child _cacheHitsTotal;
    private readonly Counter.Child _preemptionsTotal;
    private readonly Counter.Child _draftTokensTotal;
    private readonly Counter.Child _acceptedTokensTotal;
    private readonly Counter _requestsTotal;
    private readonly Counter _rejectedTotal;
    private readonly Counter _energyTotal;
    private readonly Histogram.Child _timeToFirstToken;
    private readonly Histogram.Child _interTokenLatency;
    private readonly Histogram.Child _duration;
    private readonly Histogram.Child _queueTime;
    private readonly Histogram.Child _prefillTime;
    private readonly Histogram.Child _decodeTime;
    private readonly Histogram.Child _promptTokens;
    private readonly Histogram.Child _generationTokens;
    private readonly Histogram.Child _stepTokens;
    private readonly Histogram.Child _stepRows;
    private double _meanSeconds = double.NaN;

    public WorkerMetrics(IOptions<WorkerOptions> options, ModelHost host, GenerationSpans spans)
    {
        _spans = spans;
        _model = [options.Value.EffectiveName];
        _factory = Prometheus.Metrics.WithCustomRegistry(Registry);
        _promptTokensTotal = Counter("prompt_tokens_total", "Prompt tokens of requests that have ended.").WithLabels(_model);
        _cachedTokensTotal = Counter("prompt_tokens_cached_total", "Prompt tokens that were not computed again, of requests that have ended.").WithLabels(_model);
        _cacheQueriesTotal = Counter("prefix_cache_queries_total", "Prompt tokens looked up in the prefix cache.").WithLabels(_model);
        _cacheHitsTotal = Counter("prefix_cache_hits_total", "Prompt tokens found in the prefix cache.").WithLabels(_model);
        _preemptionsTotal = Counter("preemptions_total", "Running sequences that lost their row because KV memory ran out.").WithLabels(_model);
        _draftTokensTotal = Counter("spec_draft_tokens_total", "Tokens guessed from the text so far.").WithLabels(_model);
        _acceptedTokensTotal = Counter("spec_accepted_tokens_total", "Guessed tokens that the model confirmed.").WithLabels(_model);
        _generationTokensTotal = Counter("generation_tokens_total", "Tokens generated.").WithLabels(_model);
        _requestsTotal = Counter("requests_total", "Requests that have ended, by how they did.", "finish_reason");
        _rejectedTotal = Counter("rejected_total", "Requests answered with an error, by its code.", "reason");
        _energyTotal = Counter("energy_joules_total", "Energy used, by what used it.", "source");
        _timeToFirstToken = Histogram("time_to_first_token_seconds", "From queued to the first token.", Buckets.TimeToFirstToken);
        _interTokenLatency = Histogram("inter_token_latency_seconds", "Between two tokens of a request.", Buckets.InterTokenLatency);
        _duration = Histogram("request_duration_seconds", "From queued to the end.", Buckets.Request);
        _queueTime = Histogram("queue_seconds", "From queued to the first step.", Buckets.Request);
        _prefillTime = Histogram("prefill_seconds", "From the first step to the first token.", Buckets.Request);
        _decodeTime = Histogram("decode_seconds", "From the first token to the end.", Buckets.Request);
        _promptTokens = Histogram("prompt_tokens", "Prompt tokens of a request.", Buckets.RequestTokens);
        _generationTokens = Histogram("generation_tokens", "Tokens generated for a request.", Buckets.RequestTokens);
        _stepTokens = Histogram("step_tokens", "Tokens that one step ran.", Buckets.StepTokens);
        _stepRows = Histogram("step_rows", "Sequences that decoded in one step.", Buckets.StepRows);
        AddGauges(host);
    }

    /// <summary>What <c>/metrics</c> shows.</summary>
    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    /// <summary>How long a request lasted of late, or null when none has ended yet.</summary>
    public TimeSpan? MeanDuration
    {
        get
        {
            var seconds = Volatile.Read(ref _meanSeconds);
            return double.IsNaN(seconds) ? null : TimeSpan.FromSeconds(seconds);
        }
    }

    /// <summary>A request whose generation had begun has ended.</summary>
    public void RequestEnded(string finishReason) => _requestsTotal.WithLabels(_model[0], finishReason).Inc();

    /// <summary>A request is answered with an error.</summary>
    public void RequestRejected(ApiError error) => _rejectedTotal.WithLabels(_model[0], error.Code ?? "other").Inc();

    /// <summary>The worker has used energy.</summary>
    public void EnergyUsed(string source, double joules) => _energyTotal.WithLabels(_model[0], source).Inc(joules);

    public void PrefixLookedUp(GenerationRequest request, int cachedTokens)
    {
        if (Counts(request))
        {
            _cacheQueriesTotal.Inc(request.PromptTokens.Length);
            _cacheHitsTotal.Inc(cachedTokens);
        }
    }

    public void SequencePreempted(GenerationRequest request) => _preemptionsTotal.Inc();

    public void DraftVerified(GenerationRequest request, int drafted, int accepted)
    {
        _draftTokensTotal.Inc(drafted);
        _acceptedTokensTotal.Inc(accepted);
    }

    public void FirstToken(GenerationRequest request, TimeSpan timeToFirstToken)
    {
        if (Counts(request))
        {
            _generationTokensTotal.Inc();
            _timeToFirstToken.Observe(timeToFirstToken.TotalSeconds);
        }
    }

    public void NextToken(GenerationRequest request, TimeSpan interTokenLatency)
    {
        if (Counts(request))
        {
            _generationTokensTotal.Inc();
            _interTokenLatency.Observe(interTokenLatency.TotalSeconds);
        }
    }

    public void RequestFinished(RequestMeasurements measurements)
    {
        if (!Counts(measurements.Request))
        {
            return;
        }

        _spans.SampleFinished(measurements);
        if (measurements.SampleIndex == 0)
        {
            // The prompt of several samples is one prompt.
            _promptTokensTotal.Inc(measurements.PromptTokens);
            _cachedTokensTotal.Inc(measurements.CachedPromptTokens);
            _promptTokens.Observe(measurements.PromptTokens);
        }

        Observe(_queueTime, measurements.QueueTime);
        Observe(_prefillTime, measurements.PrefillTime);
        Observe(_decodeTime, measurements.DecodeTime);
        _generationTokens.Observe(measurements.GeneratedTokens);
        var seconds = measurements.Duration.TotalSeconds;
        _duration.Observe(seconds);
        Volatile.Write(ref _meanSeconds, double.IsNaN(_meanSeconds) ? seconds : _meanSeconds + (Newest * (seconds - _meanSeconds)));
    }

    public void StepCompleted(StepMeasurements measurements)
    {
        _stepTokens.Observe(measurements.Tokens);
        if (measurements.DecodeRows > 0)
        {
            _stepRows.Observe(measurements.DecodeRows);
        }
    }

    private static bool Counts(GenerationRequest request) => request.Id != WarmUp.RequestId;

    private static void Observe(Histogram.Child histogram, TimeSpan? time)
    {
        if (time is { } measured)
        {
            histogram.Observe(measured.TotalSeconds);
        }
    }

    /// <summary>The gauges are read from the engine when somebody asks for them.</summary>
    private void AddGauges(ModelHost host)
    {
        var running = Gauge("requests_running", "Sequences that hold a row.");
        var waiting = Gauge("requests_waiting", "Requests that hold no row yet.");
        var usage = Gauge("kv_cache_usage_ratio", "Share of KV memory in use.");
        Registry.AddBeforeCollectCallback(() =>
        {
            var status = host.Status.Model?.Engine.Status;
            running.Set(status?.Running ?? 0);
            waiting.Set(status?.Waiting ?? 0);
            usage.Set(status?.KvUsageRatio ?? 0);
        });
    }

    private Counter Counter(string name, string help, params string[] labels) =>
        _factory.CreateCounter($"inferserve_{name}", help, ["model", .. labels]);

    private Gauge.Child Gauge(string name, string help) => _factory.CreateGauge($"inferserve_{name}", help, ["model"]).WithLabels(_model);

    private Histogram.Child Histogram(string name, string help, double[] buckets) =>
        _factory.CreateHistogram($"inferserve_{name}", help, ["model"], new HistogramConfiguration { Buckets = buckets }).WithLabels(_model);
}
