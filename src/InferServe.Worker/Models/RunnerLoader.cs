using InferServe.Engine;
using InferServe.Engine.Model;
using InferServe.GenAi;
using InferServe.OnnxRuntime;
using InferServe.OnnxRuntime.Adapters;
using InferServe.OnnxRuntime.Running;
using InferServe.Worker.Hosting;

namespace InferServe.Worker.Models;

/// <summary>Loads the weights with the runtime and on the device that the configuration names.</summary>
internal static class RunnerLoader
{
    /// <exception cref="ModelLoadException">The graph cannot be served, or the runtime or the device is not there.</exception>
    public static IModelRunner Load(ModelFolder folder, WorkerOptions options)
    {
        UseRuntimeLibrary(folder, options);
        return options.Runtime == WorkerOptions.GenAiRuntime ? LoadLibrary(folder, options) : OnnxModelRunner.Load(folder, new OnnxRunnerOptions
        {
            Rows = options.MaxSequences,
            ContextLength = options.ContextLength,
            Threads = options.Threads,
            Device = DeviceSettings.Of(options),
            KvMemoryBytes = options.KvMemoryBytes,
            Adapters = [.. options.Adapters.Select(adapter => new AdapterDefinition(adapter.Name, Path.GetFullPath(adapter.Path)))],
        });
    }

    /// <summary>The engine's options as far as the runner can follow them.</summary>
    public static EngineOptions Fit(EngineOptions options, IModelRunner runner) => runner switch
    {
        // The library shows no keys and values, and the logits of the last position only: no cache, no drafts, no budget in bytes.
        GenAiModelRunner => options with { KvMemoryBytes = null, PrefixCacheBytes = 0, DraftSequences = 0 },

        // A device's memory is taken already, for as many rows as its budget holds.
        OnnxModelRunner { KvIsOnDevice: true } => options with { KvMemoryBytes = null, MaxSequences = runner.Rows },
        _ => options,
    };

    private static void UseRuntimeLibrary(ModelFolder folder, WorkerOptions options)
    {
        if (options.RuntimeLibrary is not { Length: > 0 } library)
        {
            return;
        }

        try
        {
            NativeRuntime.Use(library);
        }
        catch (FileNotFoundException exception)
        {
            throw new ModelLoadException(folder.Path, [exception.Message], exception);
        }
    }

    private static GenAiModelRunner LoadLibrary(ModelFolder folder, WorkerOptions options)
    {
        if (options.Adapters.Count > 0)
        {
            throw new ModelLoadException(folder.Path, [$"the runtime '{WorkerOptions.GenAiRuntime}' takes no adapters, got {options.Adapters.Count}"]);
        }

        if (options.ContextLength > folder.Config.ContextLength)
        {
            throw new ModelLoadException(
                folder.Path, [$"the context length must be at most the model's {folder.Config.ContextLength}, got {options.ContextLength}"]);
        }

        try
        {
            return GenAiModelRunner.Load(new GenAiModelOptions
            {
                Folder = folder.Path,
                VocabularySize = folder.Config.VocabularySize,
                ContextLength = options.ContextLength ?? folder.Config.ContextLength,
                Rows = options.MaxSequences,
                Threads = options.Threads,
                LogitsName = folder.Config.LogitsName,
            });
        }
        catch (GenAiUnavailableException exception)
        {
            throw new ModelLoadException(folder.Path, [exception.Message], exception);
        }
    }
}
