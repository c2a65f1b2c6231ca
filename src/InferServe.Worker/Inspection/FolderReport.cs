using System.Text.Json.Serialization;
using InferServe.OnnxRuntime.Inspection;

namespace InferServe.Worker.Inspection;

/// <summary>What is known of a model folder.</summary>
/// <param name="Model">Graph and configs.</param>
internal sealed record FolderReport([property: JsonIgnore] FolderInspection Model)
{
    public string Folder => Model.Folder;

    public string? Config => Model.ConfigFile;

    public string? Family => Model.Family;

    public string? Graph => Model.GraphFile;

    public int? Layers => Model.Layers;

    public int? QueryHeads => Model.QueryHeads;

    public int? KeyValueHeads => Model.KeyValueHeads;

    public int? HeadSize => Model.HeadSize;

    public int? VocabularySize => Model.VocabularySize;

    public int? ContextLength => Model.ContextLength;

    public int? ServedContextLength => Model.ServedContextLength;

    public string? KeyValueType => Model.KeyValueType;

    public string? LogitsType => Model.LogitsType;

    public IReadOnlyList<string> WeightFormats => Model.WeightFormats;

    public IReadOnlyList<string> Providers => Model.Providers;

    public int AdapterInputs => Model.AdapterInputs;

    /// <summary>The tokenizer's algorithm, as <c>tokenizer.json</c> names it.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>The highest token id of the tokenizer plus one.</summary>
    public int? TokenizerVocabularySize { get; init; }

    /// <summary>Names of the chat templates; none for a model that only completes texts.</summary>
    public IReadOnlyList<string> ChatTemplates { get; init; } = [];

    /// <summary>How tool calls are written.</summary>
    public string? ToolFormat { get; init; }

    /// <summary>How reasoning is written.</summary>
    public string? ReasoningFormat { get; init; }

    public long? WeightBytes => Model.WeightBytes;

    public long? KeyValueBytesPerToken => Model.KeyValueBytesPerToken;

    /// <summary>For how many sequences memory is told.</summary>
    public required int Sequences { get; init; }

    /// <summary>Tokens of each of them.</summary>
    public int? TokensPerSequence { get; init; }

    /// <summary>Keys and values of these sequences, all of them at full length.</summary>
    public long? KeyValueBytes => KeyValueBytesPerToken * TokensPerSequence * Sequences;

    /// <summary>Whether the model was loaded and run once.</summary>
    public bool Tried { get; init; }

    /// <summary>Why the folder would be refused.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}
