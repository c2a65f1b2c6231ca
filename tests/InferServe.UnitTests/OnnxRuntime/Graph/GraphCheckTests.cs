using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Graph;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.UnitTests.OnnxRuntime.Graph;

public sealed class GraphCheckTests
{
    private static readonly GenAiConfig Config = new()
    {
        ModelType = "llama",
        GraphFile = "model.onnx",
        ContextLength = 512,
        VocabularySize = 100,
        EosTokenIds = [2],
        Layers = 2,
        AttentionHeads = 4,
        KeyValueHeads = 2,
        HeadSize = 16,
    };

    [Fact]
    public void SignatureProblems_FittingGraph_None()
    {
        Assert.Empty(GraphCheck.SignatureProblems(Graph(), Config));
        Assert.Empty(GraphCheck.SignatureProblems(Graph(Int64("position_ids")), Config));
    }

    [Fact]
    public void SignatureProblems_MoreOutputs_None()
    {
        var graph = Graph();

        Assert.Empty(GraphCheck.SignatureProblems(graph with { Outputs = [.. graph.Outputs, Float("hidden_states", -1)] }, Config));
    }

    [Fact]
    public void SignatureProblems_LengthsFixedWhereTheConfigAgrees_None()
    {
        var graph = Graph();
        var logits = Float("logits", -1, 1, 100);

        Assert.Empty(GraphCheck.SignatureProblems(graph with { Outputs = [logits, .. graph.Outputs.Skip(1)] }, Config));
    }

    [Theory]
    [InlineData(TensorElementType.Float16)]
    [InlineData(TensorElementType.BFloat16)]
    public void SignatureProblems_StateAndLogitsOfHalfPrecision_None(TensorElementType type)
    {
        var graph = Graph();
        TensorSignature Half(TensorSignature tensor) => tensor.Type == TensorElementType.Float ? tensor with { Type = type } : tensor;

        var state = new GraphSignature([.. graph.Inputs.Select(Half)], [graph.Outputs[0], .. graph.Outputs.Skip(1).Select(Half)]);
        Assert.Empty(GraphCheck.SignatureProblems(state, Config));
        Assert.Empty(GraphCheck.SignatureProblems(state with { Outputs = [.. state.Outputs.Select(Half)] }, Config));
    }

    [Fact]
    public void SignatureProblems_StateOfTwoTypes_NamesTheTensorThatDiffers()
    {
        var input = new TensorSignature("past_key_values.1.value", TensorElementType.Float16, [-1, 2, -1, 16]);

        Assert.Equal("the graph's input 'past_key_values.1.value' must be of type Float, it is Float16", Problem(Replace(input)));
    }

    [Fact]
    public void SignatureProblems_StateOfEightBits_NamesEveryTensor()
    {
        var graph = Graph();
        TensorSignature[] inputs = [.. graph.Inputs.Select(i => i.Type == TensorElementType.Float ? i with { Type = TensorElementType.Int8 } : i)];

        var problems = GraphCheck.SignatureProblems(graph with { Inputs = inputs }, Config);

        Assert.Equal(2 * Config.Layers, problems.Count);
        Assert.Contains("the graph's input 'past_key_values.0.key' must be of type Float, it is Int8", problems);
    }

    [Fact]
    public void SignatureProblems_TokensOfAnotherType_NamesBoth()
    {
        Assert.Equal(
            "the graph's input 'input_ids' must be of type Int64, it is Int32",
            Problem(Replace(new TensorSignature("input_ids", TensorElementType.Int32, [-1, -1]))));
    }

    [Fact]
    public void SignatureProblems_OtherHeadCount_NamesBothShapes()
    {
        Assert.Equal(
            "the graph's input 'past_key_values.0.key' must have shape [any, 2, any, 16], it has [any, 4, any, 16]",
            Problem(Replace(Float("past_key_values.0.key", -1, 4, -1, 16))));
    }

    [Fact]
    public void SignatureProblems_PositionsInThreeDimensions_AreRefused()
    {
        Assert.Equal(
            "the graph's input 'position_ids' must have shape [any, any], it has [3, any, any]",
            Problem(Graph(new TensorSignature("position_ids", TensorElementType.Int64, [3, -1, -1]))));
    }

    [Fact]
    public void SignatureProblems_OtherState_IsNamed()
    {
        Assert.Equal(
            "the graph's input 'past_conv.0' is neither tokens, mask, positions nor a layer's keys or values",
            Problem(Graph(Float("past_conv.0", -1, 8, 3))));
    }

    [Fact]
    public void SignatureProblems_NothingFits_ReportsEveryTensor()
    {
        var problems = GraphCheck.SignatureProblems(new GraphSignature([], []), Config);

        Assert.Equal(3 + (4 * Config.Layers), problems.Count);
        Assert.Contains("the graph has no input 'attention_mask'", problems);
        Assert.Contains("the graph has no output 'present.1.key'", problems);
    }

    [Fact]
    public void NodeProblems_OneAttentionEachLayer_None()
    {
        Assert.Empty(GraphCheck.NodeProblems([Node("a", "GroupQueryAttention"), Node("b", "Add"), Node("c", "GroupQueryAttention")], 2, "genai_config.json"));
    }

    [Fact]
    public void NodeProblems_OtherCount_NamesBoth()
    {
        Assert.Equal(
            ["the graph has 1 GroupQueryAttention nodes, but genai_config.json says 2 layers"],
            GraphCheck.NodeProblems([Node("a", "GroupQueryAttention")], 2, "genai_config.json"));
    }

    [Fact]
    public void NodeProblems_OtherAttention_NamesTheFirstNode()
    {
        Assert.Equal(
            ["the graph has no GroupQueryAttention node, whose keys and values can stay in place; "
                + "its node '/layer.0/attn' is of type MultiHeadAttention"],
            GraphCheck.NodeProblems([Node("s", "Softmax"), Node("/layer.0/attn", "MultiHeadAttention"), Node("b", "Attention")], 2, "genai_config.json"));
    }

    [Fact]
    public void NodeProblems_PlainOperators_NamesTheSoftmax()
    {
        string problem = Assert.Single(GraphCheck.NodeProblems([Node("m", "MatMul"), Node("s", "Softmax")], 2, "genai_config.json"));

        Assert.EndsWith("its node 's' is of type Softmax", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 512, 0L)]
    [InlineData(64, 64, 0L)]
    [InlineData(64, 512, 64L)]
    [InlineData(64, 512, 32L)]
    public void SlidingWindowProblems_KeepingEverythingIsTheSame_None(int? window, int contextLength, long local) =>
        Assert.Empty(GraphCheck.SlidingWindowProblems([Windowed("a", 8), Windowed("b", local), Node("c", "Add")], window, contextLength, "c.json"));

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(65L)]
    public void SlidingWindowProblems_NodeLooksFurtherBack_IsNamed(long local) => Assert.Equal(
        ["c.json asks for keys and values that slide over a window of 64 tokens, but the node 'b' attends to all 512 tokens of the context: "
            + "limit the context length to 64"],
        GraphCheck.SlidingWindowProblems([Windowed("a", 64), Windowed("b", local)], 64, 512, "c.json"));

    private static GraphNode Windowed(string name, long window) =>
        Node(name, "GroupQueryAttention") with { Attributes = new Dictionary<string, long> { ["local_window_size"] = window } };

    private static string Problem(GraphSignature graph) => Assert.Single(GraphCheck.SignatureProblems(graph, Config));

    private static GraphSignature Graph(params TensorSignature[] more)
    {
        List<TensorSignature> inputs = [Int64("input_ids"), Int64("attention_mask"), .. more];
        List<TensorSignature> outputs = [Float("logits", -1, -1, 100)];
        for (int layer = 0; layer < Config.Layers; layer++)
        {
            foreach (string part in new[] { "key", "value" })
            {
                inputs.Add(Float($"past_key_values.{layer}.{part}", -1, 2, -1, 16));
                outputs.Add(Float($"present.{layer}.{part}", -1, 2, -1, 16));
            }
        }

        return new GraphSignature(inputs, outputs);
    }

    private static GraphSignature Replace(TensorSignature input)
    {
        var graph = Graph();
        return graph with { Inputs = [.. graph.Inputs.Select(old => old.Name == input.Name ? input : old)] };
    }

    private static TensorSignature Int64(string name) => new(name, TensorElementType.Int64, [-1, -1]);

    private static TensorSignature Float(string name, params int[] shape) => new(name, TensorElementType.Float, shape);

    private static GraphNode Node(string name, string opType) => new(name, opType);
}
