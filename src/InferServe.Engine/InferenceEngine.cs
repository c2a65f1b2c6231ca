using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using InferServe.Engine.Admission;
using InferServe.Engine.Kv;
using InferServe.Engine.Loop;
using InferServe.Engine.Model;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;
using InferServe.Engine.Scheduling;

namespace InferServe.Engine;

/// <summary>
/// Generates tokens for many requests at once with one model: requests join and leave the batch between steps. Thread-safe. Starts
/// its own thread, and owns the runner: it alone uses it, and disposes it when it ends.
/// </summary>
public sealed class InferenceEngine : IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly IModelRunner _runner;
    private readonly long _kvCapacity;
    private readonly PrefixCache? _cache;
    private readonly TimeProvider _time;
    private readonly AdmissionGate _gate;
    private readonly CommandQueue _commands;
    private readonly EngineLoop _loop;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ulong _seed;
    private readonly bool _stepped;
    private ulong _unseeded;
    private int _disposed;

    /// <summary>Creates the engine and starts its thread.</summary>
    /// <param name="runner">The model; it must have at least <see cref="EngineOptions.MaxSequences"/> rows.</param>
    /// <param name="options">How much to do at once.</param>
    /// <param name="time">The clock of all measurements and deadlines; the system's by default.</param>
    /// <param name="observer">Hears what happens, for metrics.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the runner has too few rows.</exception>
    public InferenceEngine(IModelRunner runner, EngineOptions options, TimeProvider? time = null, IEngineObserver? observer = null)
        : this(runner, options, time, observer, stepped: false)
    {
        new Thread(RunLoop) { Name = "InferServe engine", IsBackground = true }.Start();
    }

    private InferenceEngine(IModelRunner runner, EngineOptions options, TimeProvider? time, IEngineObserver? observer, bool stepped)
    {
        Check(runner, options);
        (_runner, _options, _stepped) = (runner, options, stepped);
        _kvCapacity = KvBudget.Tokens(options.KvMemoryBytes, runner.KvBytesPerToken, options.MaxSequences, runner.ContextLength);
        ContextLength = (int)Math.Min(runner.ContextLength, _kvCapacity);
        _time = time ?? TimeProvider.System;
        _seed = options.Seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        _gate = new AdmissionGate(options.MaxSequences, options.QueueLimit);
        observer ??= new NullEngineObserver();
        _cache = CreateCache(runner, options);
        var memory = new KvMemory(runner, new KvSlotPool(options.MaxSequences), _cache, _kvCapacity);
        int draftSequences = runner.ReturnsAllPositions ? options.DraftSequences : 0;
        var schedulerOptions = new SchedulerOptions(options.PrefillTokenBudget, options.MixedStep, runner.LongestChunk, ContextLength, draftSequences);
        var scheduler = new Scheduler(memory, schedulerOptions, observer);
        var delivery = new SequenceDelivery(scheduler, _gate, observer, ContextLength, options.MaxOutputLag);
        _commands = new CommandQueue(scheduler, delivery);
        _loop = new EngineLoop(runner, scheduler, memory, delivery, _commands, _gate, observer, _time);
    }

    /// <summary>The most tokens of one sequence, prompt and output together: the model's context, or what KV memory holds if that is less.</summary>
    public int ContextLength { get; }

    /// <summary>The most sequences inside at the same time, running and waiting: more samples than that never fit.</summary>
    public int Places => _options.MaxSequences + _options.QueueLimit;

    /// <summary>Whether requests can ask for the log-probabilities of their prompt: the model must return logits for every position.</summary>
    public bool SupportsPromptLogprobs => _runner.ReturnsAllPositions;

    /// <summary>The engine at this moment.</summary>
    public EngineStatus Status
    {
        get
        {
            LoopProgress progress = _loop.Progress;
            return new EngineStatus
            {
                State = _gate.State,
                Fault = _gate.Fault,
                Running = progress.Running,
                Waiting = Math.Max(0, _gate.Inside - progress.Running),
                Rows = _options.MaxSequences,
                KvTokensUsed = progress.KvTokensUsed,
                KvTokenCapacity = _kvCapacity,
                CachedTokens = progress.CachedTokens,
                CachedTokenCapacity = _cache is null ? 0 : (long)_cache.Capacity * _cache.BlockLength,
                Steps = progress.Steps,
                ConsecutiveFailures = progress.ConsecutiveFailures,
                SinceProgress = progress.Idle ? TimeSpan.Zero : _time.GetElapsedTime(progress.Timestamp),
            };
        }
    }

    /// <summary>Creates an engine without a thread of its own, for tests that call <see cref="Step"/>.</summary>
    internal static InferenceEngine CreateStepped(
        IModelRunner runner, EngineOptions options, TimeProvider? time = null, IEngineObserver? observer = null) =>
        new(runner, options, time, observer, stepped: true);

    /// <summary>
    /// Queues a request and returns its output: one item for each token, the last one with the finish reason. The request is
    /// queued, and refused, by the call itself, before the output is enumerated. The output can be enumerated once. Leaving the
    /// enumeration early cancels the request, and so does the token, in which case the enumeration throws
    /// <see cref="OperationCanceledException"/>; the row is free within one step.
    /// </summary>
    /// <exception cref="ArgumentException">The prompt is empty or leaves no room for a token in the model's context.</exception>
    /// <exception cref="QueueFullException">As many requests run and wait as the options allow.</exception>
    /// <exception cref="EngineDrainingException">The engine shuts down.</exception>
    /// <exception cref="EngineFaultedException">The engine has stopped after an unexpected exception.</exception>
    /// <exception cref="OperationCanceledException">The token is cancelled already.</exception>
    public IAsyncEnumerable<TokenOutput> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default) =>
        GenerateSamples(request, count: 1, cancellationToken)[0];

    /// <summary>
    /// Queues a request whose prompt gets several independent continuations, and returns the output of each, as <see cref="GenerateAsync"/> does
    /// for one. The prompt is prefilled once. Each output can be left early by itself; the token cancels all. Sample 0 is what
    /// <see cref="GenerateAsync"/> gives for the same seed.
    /// </summary>
    /// <param name="request">What to generate.</param>
    /// <param name="count">Number of samples, at least 1; each takes a place of its own.</param>
    /// <param name="cancellationToken">Cancels all samples.</param>
    /// <exception cref="ArgumentException">
    /// The prompt is empty or leaves no room for a token in the context, or the request wants the prompt's log-probabilities and the model returns the
    /// logits of the last position only.
    /// </exception>
    /// <exception cref="QueueFullException">The samples do not fit beside the requests that run and wait.</exception>
    /// <exception cref="EngineDrainingException">The engine shuts down.</exception>
    /// <exception cref="EngineFaultedException">The engine has stopped after an unexpected exception.</exception>
    /// <exception cref="OperationCanceledException">The token is cancelled already.</exception>
    public IReadOnlyList<IAsyncEnumerable<TokenOutput>> GenerateSamples(
        GenerationRequest request, int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        _gate.Enter(count);
        Sequence[] samples = CreateSamples(request, count);
        if (!_commands.Post(new EngineCommand.Submit(samples)))
        {
            foreach (Sequence sample in samples)
            {
                sample.End();
                _gate.Leave();
            }

            throw _gate.Refusal() ?? new EngineDrainingException();
        }

        // Registered here and not in the enumeration: a stream that nobody reads is cancelled as well.
        return Array.ConvertAll(samples, sample => ReadAsync(
            sample, cancellationToken.UnsafeRegister(_ => Abort(sample), null), cancellationToken));
    }

    /// <summary>
    /// Takes no more requests, and waits until those inside have ended. When the time is up the remaining ones end with
    /// <see cref="FinishReason.Error"/> after the step that is running.
    /// </summary>
    /// <param name="timeout">How long requests may go on.</param>
    /// <param name="cancellationToken">Ends the waiting, not the draining.</param>
    /// <returns>True when every request ended by itself.</returns>
    public async Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        _gate.Close(EngineState.Draining);
        try
        {
            await _gate.Emptied.WaitAsync(timeout, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            AbortAll();
            await _gate.Emptied.WaitAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>Ends every request with <see cref="FinishReason.Error"/>, ends the thread and disposes the runner.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _gate.Close(EngineState.Draining);
            AbortAll();
            _commands.Post(new EngineCommand.Stop());
            if (_stepped)
            {
                RunLoop();
            }
        }

        await _ended.Task.ConfigureAwait(false);
    }

    /// <summary>Does one step of an engine without a thread; false when there was nothing to run.</summary>
    internal bool Step() => _loop.Step();

    private async IAsyncEnumerable<TokenOutput> ReadAsync(
        Sequence sequence, CancellationTokenRegistration registration, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool complete = false;
        try
        {
            await foreach (TokenOutput output in sequence.Output.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                complete = output.FinishReason is not null;
                yield return output;
            }
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
            if (!complete)
            {
                Abort(sequence);
            }
        }
    }

    private Sequence[] CreateSamples(GenerationRequest request, int count)
    {
        ulong seed = request.Sampling.Seed ?? CounterRandom.Seed(_seed, Interlocked.Increment(ref _unseeded));
        var group = new SampleGroup(request);
        Sequence[] samples = new Sequence[count];
        for (int i = 0; i < count; i++)
        {
            samples[i] = new Sequence(request)
            {
                Output = new TokenOutputChannel(_options.MaxOutputLag),
                Seed = seed,
                SampleIndex = i,
                Group = group,
                Sampling = new SamplingState(request, _runner.VocabularySize),
                Clock = new SequenceClock(_time),
            };
        }

        group.Samples = samples;
        return samples;
    }

    private void Abort(Sequence sequence) => _commands.Post(new EngineCommand.Abort(sequence));

    private void AbortAll() => _commands.Post(new EngineCommand.AbortAll(EngineLoop.ShutdownError));

    private void RunLoop()
    {
        _loop.Run();
        _ended.SetResult();
    }

    private static PrefixCache? CreateCache(IModelRunner runner, EngineOptions options)
    {
        int blocks = KvBudget.Blocks(options.PrefixCacheBytes, runner.KvBytesPerToken);
        if (blocks == 0)
        {
            return null;
        }

        runner.ReserveBlocks(blocks, KvBudget.BlockLength);
        return new PrefixCache(blocks, KvBudget.BlockLength);
    }

    private static void Check(IModelRunner runner, EngineOptions options)
    {
        if (options.Validate() is { Count: > 0 } violations)
        {
            throw new ArgumentException(string.Join(' ', violations), nameof(options));
        }

        if (options.MaxSequences > runner.Rows)
        {
            throw new ArgumentException(
                $"MaxSequences must be at most the runner's {runner.Rows} rows; it is {options.MaxSequences}.", nameof(options));
        }
    }

    private void Check(GenerationRequest request)
    {
        int tokens = request.PromptTokens.Length;
        if (request.PromptLogprobs is not null && !_runner.ReturnsAllPositions)
        {
            throw new ArgumentException(
                "The prompt's log-probabilities need the logits of every position; this model returns those of the last one only.",
                nameof(request));
        }

        if (tokens < 1 || tokens >= ContextLength)
        {
            throw new ArgumentException(
                $"The prompt must have 1 to {ContextLength - 1} tokens; it has {tokens}.", nameof(request));
        }
    }
}
