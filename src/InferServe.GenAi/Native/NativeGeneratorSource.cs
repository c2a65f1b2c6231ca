using System.Text.Json.Nodes;
using InferServe.OnnxRuntime.Running;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace InferServe.GenAi.Native;

/// <summary>A model that the library has loaded.</summary>
internal sealed class NativeGeneratorSource : IGeneratorSource
{
    private readonly Model _model;
    private readonly GenAiModelOptions _options;

    private NativeGeneratorSource(Model model, GenAiModelOptions options)
    {
        _model = model;
        _options = options;
    }

    /// <exception cref="GenAiUnavailableException">The library is missing or refuses the folder.</exception>
    public static NativeGeneratorSource Load(GenAiModelOptions options)
    {
        try
        {
            // 1. Silence: this library has telemetry of its own beside that of ONNX Runtime.
            RuntimeTelemetry.TurnOff();
            Utils.DisableTelemetryEvents();

            // 2. The folder's config with what the options say instead.
            using var config = new Config(options.Folder);
            if (options.Threads is { } threads)
            {
                config.Overlay(Threads(threads));
            }

            return new NativeGeneratorSource(new Model(config), options);
        }
        catch (Exception exception) when (exception is OnnxRuntimeGenAIException or DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            throw new GenAiUnavailableException($"ONNX Runtime GenAI cannot load it: {(exception.InnerException ?? exception).Message}", exception);
        }
    }

    public ISequenceGenerator Create()
    {
        using var parameters = new GeneratorParams(_model);
        parameters.SetSearchOption("max_length", _options.ContextLength);
        return new NativeGenerator(new Generator(_model, parameters), _options.LogitsName);
    }

    public void Dispose() => _model.Dispose();

    private static string Threads(int count) => new JsonObject
    {
        ["model"] = new JsonObject { ["decoder"] = new JsonObject { ["session_options"] = new JsonObject { ["intra_op_num_threads"] = count } } },
    }.ToJsonString();
}
