using System.Collections.Frozen;
using InferServe.Engine;
using InferServe.Worker.Generation;
using InferServe.Worker.Models;

namespace InferServe.UnitTests.Worker.Models;

/// <summary>A model of which only the engine is there.</summary>
internal static class EngineModel
{
    public static LoadedModel Of(InferenceEngine engine) => new()
    {
        Names = ["nano"],
        Created = DateTimeOffset.UnixEpoch,
        Fingerprint = "fp",
        Device = "cpu",
        ContextLength = engine.ContextLength,
        VocabularySize = 1,
        EndTokens = FrozenSet<int>.Empty,
        Defaults = new SamplingChoices(),
        Tokenizer = null!,
        ChatPrompt = null,
        Formats = null!,
        Forms = null!,
        Engine = engine,
    };
}
