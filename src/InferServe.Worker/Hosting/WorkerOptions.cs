using System.ComponentModel.DataAnnotations;
using InferServe.Contracts.Models;
using InferServe.Contracts.Validation;
using InferServe.OnnxRuntime.Devices;
using InferServe.Worker.Generation;

namespace InferServe.Worker.Hosting;

/// <summary>The section <c>Worker</c> of the configuration: what one worker serves, where, and how much at once.</summary>
internal sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>The value of <see cref="Runtime"/> for the own runner.</summary>
    public const string OnnxRuntime = "onnx";

    /// <summary>The value of <see cref="Runtime"/> for the library ONNX Runtime GenAI.</summary>
    public const string GenAiRuntime = "genai";

    /// <summary>The model folder, absolute or relative to the current directory. Required.</summary>
    public string Model { get; set; } = string.Empty;

    /// <summary>The graph to run, relative to the model folder; by default the one that the folder names, or the first in a stated order.</summary>
    public string? GraphFile { get; set; }

    /// <summary>What runs the model: <c>onnx</c>, the engine's own batching runner, or <c>genai</c>, the library ONNX Runtime GenAI; default onnx.</summary>
    public string Runtime { get; set; } = OnnxRuntime;

    /// <summary>
    /// What computes the model: <c>cpu</c>, <c>cuda</c>, <c>webgpu</c>, the name of one of <see cref="ExecutionProviderLibraries"/>, or <c>auto</c>, the first of
    /// them that works; default cpu.
    /// </summary>
    public string Device { get; set; } = DeviceOptions.Cpu;

    /// <summary>Which of several devices of that kind, from 0; default 0.</summary>
    [Range(0, 1023)]
    public int DeviceIndex { get; set; }

    /// <summary>A JSON object of texts: options of the execution provider by its own names; none by default.</summary>
    public string? ProviderOptions { get; set; }

    /// <summary>Libraries with execution providers beside those of the runtime's library; none by default.</summary>
    public IList<ProviderLibraryOptions> ExecutionProviderLibraries { get; } = [];

    /// <summary>A native library of ONNX Runtime to use instead of the one that belongs to the program; none by default.</summary>
    public string? RuntimeLibrary { get; set; }

    /// <summary>The model's name in the API; by default the folder's name.</summary>
    public string? Name { get; set; }

    /// <summary>Further names under which requests may ask for the model; none by default.</summary>
    public IList<string> Aliases { get; } = [];

    /// <summary>LoRA adapters that requests choose by name instead of the model's; none by default.</summary>
    public IList<AdapterOptions> Adapters { get; } = [];

    /// <summary>Path of a Unix domain socket. When set, the worker listens there and nowhere else.</summary>
    public string? Socket { get; set; }

    /// <summary>When true, the worker shuts down gracefully at the end of its standard input, which its parent holds open; false by default.</summary>
    public bool ExitWithParent { get; set; }

    /// <summary>The most sequences that run at the same time; default 16.</summary>
    [Range(1, 1024)]
    public int MaxSequences { get; set; } = 16;

    /// <summary>The most requests that wait for a row; default 256.</summary>
    [Range(0, 100_000)]
    public int QueueLimit { get; set; } = 256;

    /// <summary>Tokens that prompt and answer share; by default the model's own context length, which is also the most.</summary>
    [Range(2, 16_777_216)]
    public int? ContextLength { get; set; }

    /// <summary>Threads of one model run; by default as many as the runtime finds sensible.</summary>
    [Range(1, 1024)]
    public int? Threads { get; set; }

    /// <summary>The most prompt tokens of one step; by default the engine's choice.</summary>
    [Range(4, 65_536)]
    public int? PrefillTokenBudget { get; set; }

    /// <summary>
    /// How long a step should take, in seconds, that runs prompt tokens while answers are generated: the longest pause that a prompt puts into
    /// running streams; 0 for as long as the token budget takes; default 0.5.
    /// </summary>
    [Range(0.0, 3_600.0)]
    public double MixedStepSeconds { get; set; } = 0.5;

    /// <summary>
    /// Bytes of keys and values that running sequences may hold together; by default half of the memory that is free once the model is loaded. In a device's memory,
    /// all of which is taken at once, by default as much as all sequences could need.
    /// </summary>
    [Range(1_048_576L, 1L << 50)]
    public long? KvMemoryBytes { get; set; }

    /// <summary>Bytes of keys and values kept for prompts that begin alike; 0 keeps none; default 512 MiB, taken as they fill.</summary>
    [Range(0L, 1L << 50)]
    public long PrefixCacheBytes { get; set; } = 512L << 20;

    /// <summary>
    /// Tokens are guessed from repetitions in the text and verified several at once while at most this many sequences decode; 0 never; default 1.
    /// </summary>
    [Range(0, 64)]
    public int DraftSequences { get; set; } = 1;

    /// <summary>A file with a chat template in place of the model's own; none by default.</summary>
    public string? ChatTemplate { get; set; }

    /// <summary>Variables of the chat template that requests leave open, a JSON object; none by default.</summary>
    public string? ChatTemplateKwargs { get; set; }

    /// <summary>How the model writes tool calls, one of <see cref="AnswerFormatNames.Tools"/>; by default recognised from the chat template.</summary>
    public string? ToolFormat { get; set; }

    /// <summary>How the model writes reasoning, one of <see cref="AnswerFormatNames.Reasoning"/>; by default recognised from the chat template.</summary>
    public string? ReasoningFormat { get; set; }

    /// <summary>How long running requests may go on after the worker is told to stop, in seconds; default 30.</summary>
    [Range(0, 3_600)]
    public int DrainSeconds { get; set; } = 30;

    /// <summary>How long a step may take before the worker counts as stuck, in seconds; default 120.</summary>
    [Range(1, 86_400)]
    public int StuckSeconds { get; set; } = 120;

    /// <summary>Where Linux shows the energy counters of the processors; default <c>/sys/class/powercap</c>.</summary>
    public string PowercapFolder { get; set; } = "/sys/class/powercap";

    /// <summary>How tokens are chosen where a request does not say; whatever is left open here is up to the model's makers.</summary>
    public SamplingChoices Defaults { get; set; } = new();

    /// <summary>Bounds of what a request may hold.</summary>
    public RequestLimits Limits { get; set; } = new();

    /// <summary><see cref="Name"/>, or the folder's name.</summary>
    public string EffectiveName => string.IsNullOrWhiteSpace(Name) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Model))) : Name;
}
