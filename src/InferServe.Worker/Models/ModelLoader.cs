using System.Collections.Frozen;
using InferServe.Engine;
using InferServe.Engine.Model;
using InferServe.Grammar;
using InferServe.OnnxRuntime;
using InferServe.OnnxRuntime.Memory;
using InferServe.Tokenization;
using InferServe.Worker.Answers;
using InferServe.Worker.Forms;
using InferServe.Worker.Hosting;
using InferServe.Worker.Metrics;
using InferServe.Worker.Prompting;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Models;

/// <summary>Turns a model folder into a model in memory that has generated its first tokens.</summary>
internal sealed partial class ModelLoader(IOptions<WorkerOptions> options, WorkerMetrics metrics, TimeProvider time, ILogger<ModelLoader> logger)
{
    private readonly WorkerOptions _options = options.Value;

    public string Folder => Path.GetFullPath(_options.Model);

    /// <exception cref="ModelLoadException">The folder or its graph cannot be served.</exception>
    /// <exception cref="TokenizerLoadException">The tokenizer cannot be used.</exception>
    /// <exception cref="WarmUpException">The model does not run.</exception>
    public async Task<LoadedModel> LoadAsync(CancellationToken cancellationToken)
    {
        // 1. The small files: mistakes there show before the weights are read.
        bool library = _options.Runtime == WorkerOptions.GenAiRuntime;
        var folder = ModelFolder.Open(Folder, _options.GraphFile, anyGraph: library);
        var tokenizer = Tokenizer.Load(folder.Path);
        var chatPrompt = ChatPromptLoader.Load(folder, tokenizer, ChatPromptSettings.Of(_options), time);
        var formats = ChooseFormats(folder, chatPrompt, tokenizer);
        cancellationToken.ThrowIfCancellationRequested();

        // 2. The weights.
        var runner = RunnerLoader.Load(folder, _options);
        int vocabularySize = runner.VocabularySize;

        // 3. The engine, which owns the runner from here on.
        var engine = new InferenceEngine(runner, RunnerLoader.Fit(EngineOptions(), runner), time, metrics);
        LogDevice(runner);
        int contextLength = engine.ContextLength;
        try
        {
            await WarmUp.RunAsync(engine, contextLength, vocabularySize, cancellationToken);
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }

        // 4. What the forms of answers are checked against.
        var endTokens = folder.EndTokens.ToFrozenSet();
        var forms = new AnswerForms(new GrammarCompiler(VocabularyFactory.Create(tokenizer, vocabularySize, endTokens)), formats);
        var model = new LoadedModel
        {
            Names = [.. _options.Aliases.Prepend(_options.EffectiveName).Distinct(StringComparer.Ordinal)],
            Created = time.GetUtcNow(),
            Fingerprint = ModelFingerprint.Of(folder.Path, folder.GraphFiles),
            Device = (runner as OnnxModelRunner)?.Device ?? _options.Device,
            ContextLength = contextLength,
            VocabularySize = vocabularySize,
            EndTokens = endTokens,
            Defaults = _options.Defaults.Over(folder.Defaults),
            Tokenizer = tokenizer,
            ChatPrompt = chatPrompt,
            Formats = formats,
            Forms = forms,
            Engine = engine,
        };
        return model with { Adapters = _options.Adapters.ToFrozenDictionary(adapter => adapter.Name, adapter => WithAdapter(model, adapter), StringComparer.Ordinal) };
    }

    private AnswerFormats ChooseFormats(ModelFolder folder, ChatPrompt? prompt, Tokenizer tokenizer)
    {
        try
        {
            return AnswerFormats.Choose(prompt?.Sources ?? [], _options.ToolFormat, _options.ReasoningFormat, tokenizer);
        }
        catch (ArgumentException exception)
        {
            throw new ModelLoadException(folder.Path, [exception.Message.TrimEnd('.')], exception);
        }
    }

    private static LoadedModel WithAdapter(LoadedModel model, AdapterOptions adapter) => model with
    {
        Names = [adapter.Name],
        Adapter = adapter.Name,
        Parent = model.Name,
        Fingerprint = ModelFingerprint.OfAdapter(model.Fingerprint, adapter.Path),
    };

    private EngineOptions EngineOptions()
    {
        var engine = new EngineOptions
        {
            MaxSequences = _options.MaxSequences,
            QueueLimit = _options.QueueLimit,
            MixedStep = _options.MixedStepSeconds > 0 ? TimeSpan.FromSeconds(_options.MixedStepSeconds) : null,
            KvMemoryBytes = _options.KvMemoryBytes ?? AvailableMemory.Bytes() / 2,
            PrefixCacheBytes = _options.PrefixCacheBytes,
            DraftSequences = _options.DraftSequences,
        };
        return _options.PrefillTokenBudget is { } budget ? engine with { PrefillTokenBudget = budget } : engine;
    }

    private void LogDevice(IModelRunner runner)
    {
        if (runner is OnnxModelRunner own)
        {
            foreach (string warning in own.Warnings)
            {
                LogDeviceWarning(warning);
            }

            LogComputes(own.Device, own.KvMemoryName, own.Rows);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Device auto: {Warning}")]
    private partial void LogDeviceWarning(string warning);

    [LoggerMessage(Level = LogLevel.Information, Message = "The model computes on device {Device}; keys and values are in memory {Memory}, {Rows} rows")]
    private partial void LogComputes(string device, string memory, int rows);
}
