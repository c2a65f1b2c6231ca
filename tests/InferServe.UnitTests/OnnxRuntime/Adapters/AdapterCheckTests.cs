using InferServe.OnnxRuntime.Adapters;
using InferServe.OnnxRuntime.Graph;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.UnitTests.OnnxRuntime.Adapters;

public sealed class AdapterCheckTests
{
    private static readonly TensorSignature[] Defaults =
        [new("q.A", TensorElementType.Float, [32, -1]), new("q.B", TensorElementType.Float, [-1, 64])];

    [Fact]
    public void Problems_ParametersThatFit_None() => Assert.Empty(Problems(Parameter("q.B", 4, 64), Parameter("q.A", 32, 4)));

    [Fact]
    public void Problems_PartOfTheInputs_None() => Assert.Empty(Problems(Parameter("q.A", 32, 4)));

    [Fact]
    public void Problems_SeveralMistakes_NamesEach() => Assert.Equal(
        [
            "the parameter 'k.A' of the adapter 'formal' is no input of the graph with a default, or is given twice",
            "the parameter 'q.A' of the adapter 'formal' must have shape [32, any], it has [64, 4]",
            "the parameter 'q.B' of the adapter 'formal' must be of type Float, it is Float16",
            "the parameter 'q.A' of the adapter 'formal' is no input of the graph with a default, or is given twice",
        ],
        Problems(Parameter("k.A", 32, 4), Parameter("q.A", 64, 4), Parameter("q.B", 4, 64) with { Type = TensorElementType.Float16 }, Parameter("q.A", 32, 4)));

    [Fact]
    public void Problems_GraphWithoutInputsForAdapters_SaysSoOnce() => Assert.Equal(
        ["the graph has no inputs for adapters, so the adapter 'formal' has nothing to change"],
        AdapterCheck.Problems("formal", [Parameter("q.A", 32, 4), Parameter("q.B", 4, 64)], []));

    [Fact]
    public void Problems_EmptyAdapter_IsRefused() => Assert.Equal(["the adapter 'formal' changes nothing"], Problems());

    private static AdapterParameter Parameter(string name, params long[] shape) => new(name, TensorElementType.Float, shape, 0, 0);

    private static IReadOnlyList<string> Problems(params AdapterParameter[] parameters) => AdapterCheck.Problems("formal", parameters, Defaults);
}
