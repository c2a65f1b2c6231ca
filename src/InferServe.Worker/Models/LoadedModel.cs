using System.Collections.Frozen;
using InferServe.Engine;
using InferServe.Tokenization;
using InferServe.Worker.Answers;
using InferServe.Worker.Forms;
using InferServe.Worker.Generation;
using InferServe.Worker.Prompting;

namespace InferServe.Worker.Models;

/// <summary>A model in memory with all that serving it needs. Everything but the engine is immutable and shared by all requests.</summary>
internal sealed record LoadedModel : IAsyncDisposable
{
    /// <summary>The name in answers, then the aliases.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The adapter that changes its weights; null for the model as it is.</summary>
    public string? Adapter { get; init; }

    /// <summary>Name of the model as it is, where this is one with an adapter.</summary>
    public string? Parent { get; init; }

    /// <summary>The same model with each of its adapters, by their names.</summary>
    public IReadOnlyDictionary<string, LoadedModel> Adapters { get; init; } = FrozenDictionary<string, LoadedModel>.Empty;

    /// <summary>When it was loaded.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Changes with the model's files and the server's build.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What computes it, as the configuration names it.</summary>
    public required string Device { get; init; }

    /// <summary>Tokens that prompt and answer share.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Valid token ids are 0 … this − 1.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Tokens with which the model ends its answer.</summary>
    public required FrozenSet<int> EndTokens { get; init; }

    /// <summary>How tokens are chosen where a request does not say.</summary>
    public required SamplingChoices Defaults { get; init; }

    public required Tokenizer Tokenizer { get; init; }

    /// <summary>Turns a chat into a prompt; null when the model has no chat template.</summary>
    public required ChatPrompt? ChatPrompt { get; init; }

    /// <summary>How the model writes tool calls and reasoning.</summary>
    public required AnswerFormats Formats { get; init; }

    /// <summary>Compiles the forms that answers must have.</summary>
    public required AnswerForms Forms { get; init; }

    public required InferenceEngine Engine { get; init; }

    /// <summary>The name in answers.</summary>
    public string Name => Names[0];

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
