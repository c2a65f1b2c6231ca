using InferServe.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>First runs, which show whether a graph runs at all before the first request does, and what its declared shapes need not tell.</summary>
internal static class GraphProbe
{
    private static PrefillChunk TwoTokens => new(Row: 0, Position: 0, Tokens: new int[2], Logits: 0);

    /// <summary>Runs two tokens to see how many positions have logits.</summary>
    /// <returns>Whether only the last has.</returns>
    /// <exception cref="ModelRunException">The graph does not run, or returns something else.</exception>
    public static bool HasLastLogitsOnly(LoadedGraph graph, GraphRun run)
    {
        var (logits, vocabularySize) = (graph.Config.Names.Logits, graph.Config.VocabularySize);
        var binding = run.BindPrefill(TwoTokens, window: 2);
        binding.BindOutputToDevice(logits, OrtMemoryInfo.DefaultInstance);
        graph.Session.Run(binding);
        using var outputs = binding.GetOutputValues();
        int index = Array.IndexOf(binding.GetOutputNames(), logits);
        long[] shape = outputs[index].GetTensorTypeAndShape().Shape;
        return shape is [1, 1 or 2, _] && shape[2] == vocabularySize
            ? shape[1] == 1
            : throw new ModelRunException(
                $"the logits of two tokens have shape [{string.Join(", ", shape)}], expected [1, 1 or 2, {vocabularySize}]");
    }

    /// <summary>Runs each adapter once: whether its ranks fit each other shows only then.</summary>
    /// <exception cref="ModelRunException">One does not run.</exception>
    public static void RunAdapters(LoadedGraph graph, GraphRun run)
    {
        foreach (string adapter in graph.Adapters.Names)
        {
            try
            {
                run.RunPrefill(TwoTokens with { Adapter = adapter }, entry: 0);
            }
            catch (ModelRunException exception)
            {
                throw new ModelRunException($"the adapter '{adapter}' does not run: {exception.Message}", exception);
            }
        }
    }
}
