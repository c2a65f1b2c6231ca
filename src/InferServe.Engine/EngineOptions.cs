using System.ComponentModel.DataAnnotations;
using System.Reflection;
using InferServe.Engine.Scheduling;

namespace InferServe.Engine;

/// <summary>How much an engine does at once.</summary>
public sealed record EngineOptions
{
    /// <summary>The most sequences that run at the same time: rows of KV memory. 1 to 1,024; 8 by default.</summary>
    [Range(1, 1024)]
    public int MaxSequences { get; init; } = 8;

    /// <summary>
    /// The most requests that wait beyond the <see cref="MaxSequences"/> that can run; the next one is refused. 0 to 100,000; 64 by default.
    /// </summary>
    [Range(0, 100_000)]
    public int QueueLimit { get; init; } = 64;

    /// <summary>
    /// The most prompt tokens that one step runs beside the decoding sequences. More fills prompts faster; less keeps running
    /// streams smoother, since each step lasts as long as its prompt tokens take. 4 to 65,536; 256 by default.
    /// </summary>
    [Range(SchedulingPolicy.SmallestBudget, 65_536)]
    public int PrefillTokenBudget { get; init; } = 256;

    /// <summary>
    /// How long a step should take that runs prompt tokens beside decoding sequences: the longest pause that a prompt puts into running streams. The engine
    /// takes fewer prompt tokens than <see cref="PrefillTokenBudget"/> to keep to it, by the speed it has measured, but at least 32. Null for as long
    /// as the budget takes. 100 ns to 1 h; half a second by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.0000001", "01:00:00")]
    public TimeSpan? MixedStep { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// How many tokens a reader may lag behind; a request whose reader lags further is cancelled, since the engine waits for nobody.
    /// 1 to 1,048,576; 1,024 by default.
    /// </summary>
    [Range(1, 1_048_576)]
    public int MaxOutputLag { get; init; } = 1024;

    /// <summary>
    /// Bytes of KV memory that running sequences may use together; at least one sequence's context fits, or the context is shorter. Null, the
    /// default, bounds it by the rows and the context alone. Memory is taken as sequences grow, not before.
    /// </summary>
    [Range(1L, long.MaxValue)]
    public long? KvMemoryBytes { get; init; }

    /// <summary>
    /// Bytes of KV memory, beside <see cref="KvMemoryBytes"/>, for prefixes of earlier requests; 0 turns the prefix cache off. 0 to 2⁵⁰; 512 MiB by default,
    /// taken as the cache fills.
    /// </summary>
    [Range(0L, 1L << 50)]
    public long PrefixCacheBytes { get; init; } = 512L << 20;

    /// <summary>
    /// Guesses tokens by what the text repeats and verifies them several at once while at most this many sequences decode; 0 turns it off. Sequences with
    /// a seed or a grammar take no part. 0 to 64; 1 by default: two rows that decode together cost less than two runs.
    /// </summary>
    [Range(0, 64)]
    public int DraftSequences { get; init; } = 1;

    /// <summary>Key of the random numbers for requests without a seed; by default the operating system gives one at start.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Checks every range.</summary>
    /// <returns>One message for each value out of its range, naming the option, the range and the value; empty when all is well.</returns>
    public IReadOnlyList<string> Validate() =>
    [
        .. from property in typeof(EngineOptions).GetProperties()
           let range = property.GetCustomAttribute<RangeAttribute>()
           let value = property.GetValue(this)
           where range is not null && !range.IsValid(value)
           select $"{property.Name} must be {range.Minimum} to {range.Maximum}; it is {value}.",
    ];
}
