using InferServe.OnnxRuntime.Graph;
using Microsoft.ML.OnnxRuntime.Tensors;
using static InferServe.UnitTests.OnnxRuntime.Graph.OnnxBytes;

namespace InferServe.UnitTests.OnnxRuntime.Graph;

public sealed class GraphOutlineReaderTests
{
    [Fact]
    public void Read_NodesAmongWeights_GivesThemInOrder()
    {
        byte[] model = Model(
            Node("first", "Gather"),
            Initializer(100_000),
            Text(2, "the graph's name"),
            Node("", "MatMul"));

        Assert.Equal([("first", "Gather"), ("", "MatMul")], Read(model).Select(node => (node.Name, node.OpType)));
    }

    [Fact]
    public void Read_AttentionNode_GivesItsWholeNumbersOnly()
    {
        byte[] window = Field(5, [.. Text(1, "local_window_size"), .. Varint(3, 64)]);
        byte[] negative = Field(5, [.. Varint(3, ulong.MaxValue), .. Text(1, "local")]);
        byte[] scale = Field(5, [.. Text(1, "scale"), 0x15, 0, 0, 0, 0]);
        byte[] attributes = [.. window, .. negative, .. scale];

        var nodes = Read(Model(
            Field(1, [.. Text(4, "GroupQueryAttention"), .. attributes]), Field(1, [.. Text(4, "Conv"), .. attributes])));

        Assert.Equal(new Dictionary<string, long> { ["local_window_size"] = 64, ["local"] = -1 }, nodes[0].Attributes);
        Assert.Empty(nodes[1].Attributes);
    }

    [Fact]
    public void Read_Node_GivesItsInputsAndOutputs()
    {
        var node = Assert.Single(Read(Model(Field(1, [.. Text(1, "a"), .. Text(1, ""), .. Text(2, "y"), .. Text(1, "b"), .. Text(4, "Add")]))));

        Assert.Equal(["a", "", "b"], node.Inputs);
        Assert.Equal(["y"], node.Outputs);
    }

    [Theory]
    [InlineData(7, 9, 4096L)]
    [InlineData(1, 9, null)]
    public void Read_ConstantOfOneNumber_GivesItWhereItIsWhole(int dataType, int field, long? expected)
    {
        byte[] tensor = Field(5, [.. Varint(2, (ulong)dataType), .. Field(field, BitConverter.GetBytes(4096L)), .. Text(8, "n")]);

        Assert.Equal(expected, Assert.Single(ReadOutline(Model(tensor)).Weights).Integer);
    }

    [Fact]
    public void Read_ConstantAsVarint_GivesIt()
    {
        byte[] packed = Field(5, [.. Varint(2, 7), .. Field(7, Number(4096))]);
        byte[] single = Field(5, [.. Varint(7, 4096), .. Varint(2, 7)]);
        byte[] two = Field(5, [.. Varint(7, 1), .. Varint(7, 2), .. Varint(2, 7)]);

        Assert.Equal([4096, 4096, null], ReadOutline(Model(packed, single, two)).Weights.Select(weight => weight.Integer));
    }

    [Fact]
    public void Read_InputsAndOutputs_GivesTypeAndShapeWithoutWeights()
    {
        byte[] shape = Field(2, [.. Field(1, Text(2, "batch")), .. Field(1, Varint(1, 8)), .. Field(1, [])]);
        byte[] Value(string name) => [.. Text(1, name), .. Field(2, Field(1, [.. Varint(1, 10), .. shape]))];

        var signature = ReadOutline(Model(
            Field(5, Text(8, "w")), Field(11, Value("x")), Field(11, Value("w")), Field(12, Value("y")), Field(12, Text(1, "bare")))).Signature;

        var input = Assert.Single(signature.Inputs);
        Assert.Equal(("x", TensorElementType.Float16), (input.Name, input.Type));
        Assert.Equal([-1, 8, -1], input.Dimensions);
        Assert.Equal(["y", "bare"], signature.Outputs.Select(output => output.Name));
    }

    [Fact]
    public void Read_Weights_GivesTheirBytesAndPlaces()
    {
        byte[] Entry(string key, string value) => Field(13, [.. Text(1, key), .. Text(2, value)]);

        var weights = ReadOutline(Model(
            Field(5, [.. Text(8, "inside"), .. Field(9, new byte[12])]),
            Field(5, [.. Text(8, "floats"), .. Field(4, new byte[8])]),
            Field(5, [.. Entry("offset", "16"), .. Entry("location", "data/w.bin"), .. Entry("length", "40"), .. Text(8, "outside")]),
            Field(5, [.. Text(8, "rest"), .. Entry("location", "w.bin")]))).Weights;

        Assert.Equal(
            [
                new WeightTensor("inside", 12, null),
                new WeightTensor("floats", 8, null),
                new WeightTensor("outside", 40, new ExternalData("data/w.bin", 16, 40)),
                new WeightTensor("rest", 0, new ExternalData("w.bin", 0, null)),
            ],
            weights);
    }

    [Fact]
    public void Read_OffsetThatIsNoNumber_IsRefused() => Assert.Equal(
        "the offset of external data must be a whole number, got '-1'",
        Refusal(Model(Field(5, Field(13, [.. Text(1, "offset"), .. Text(2, "-1")])))));

    [Fact]
    public void Read_FieldsOfEveryWireType_AreSkipped()
    {
        byte[] others = [.. Varint(100, ulong.MaxValue), 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x15, 1, 2, 3, 4];

        Assert.Equal(["n"], Read([.. others, .. Model(others, Node("n", "Add"))]).Select(node => node.Name));
    }

    [Fact]
    public void Read_GraphInTwoParts_JoinsThem()
    {
        byte[] model = [.. Model(Node("a", "Add")), .. Model(Node("b", "Sub"))];

        Assert.Equal(["Add", "Sub"], Read(model).Select(node => node.OpType));
    }

    [Fact]
    public void Read_NoGraph_SaysSo()
    {
        Assert.Equal("it holds no graph", Refusal([]));
        Assert.Equal("it holds no graph", Refusal(Varint(1, 8)));
    }

    [Fact]
    public void Read_LengthBeyondTheEnd_NamesBoth()
    {
        Assert.Equal("byte 3: a length of 200 where 2 bytes are left", Refusal([0x3A, .. Number(200), 0, 0]));
    }

    [Fact]
    public void Read_LengthBeyondItsMessage_IsRefusedThoughTheFileGoesOn()
    {
        // A graph of 2 bytes whose node claims 5; more bytes follow the graph.
        Assert.Equal("byte 4: a length of 5 where 0 bytes are left", Refusal([0x3A, 2, 0x0A, 5, 1, 2, 3, 4, 5, 6]));
    }

    [Fact]
    public void Read_HugeLength_DoesNotOverflow()
    {
        Assert.Contains("a length of 18446744073709551615", Refusal([0x3A, .. Number(ulong.MaxValue)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NumberWithoutEnd_IsRefused()
    {
        Assert.Equal("byte 11: a number without an end", Refusal([0x08, .. Enumerable.Repeat((byte)0xFF, 20)]));
    }

    [Theory]
    [InlineData(0x3B, "wire type 3")]
    [InlineData(0x3F, "wire type 7")]
    [InlineData(0x02, "field number 0")]
    public void Read_ImpossibleTag_IsRefused(byte tag, string reason)
    {
        Assert.Equal($"byte 1: {reason}", Refusal([tag, 0, 0]));
    }

    [Fact]
    public void Read_NameTooLong_IsRefused()
    {
        string reason = Refusal(Model(Node(new string('n', 5000), "Add")));

        Assert.EndsWith("a name of 5000 bytes (at most 4096 are allowed)", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedBytes_GivesNodesOrAClearRefusal()
    {
        byte[] model = Model(Node("first", "Gather"), Initializer(30), Node("second", "Add"));
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = model[..random.Next(model.Length + 1)];
            for (int change = random.Next(6); change > 0 && damaged.Length > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            // Any exception but a refusal fails the test.
            if (Record.Exception(() => Read(damaged)) is { } exception)
            {
                Assert.IsType<InvalidDataException>(exception);
            }
        }
    }

    private static IReadOnlyList<GraphNode> Read(byte[] bytes) => ReadOutline(bytes).Nodes;

    private static GraphOutline ReadOutline(byte[] bytes) => GraphOutlineReader.Read(new MemoryStream(bytes));

    private static string Refusal(byte[] bytes) => Assert.Throws<InvalidDataException>(() => Read(bytes)).Message;
}
