using InferServe.OnnxRuntime.Graph;

namespace InferServe.UnitTests.OnnxRuntime.Graph;

public sealed class GraphNodeReaderTests
{
    [Fact]
    public void Read_NodesAmongWeights_GivesThemInOrder()
    {
        byte[] model = OnnxBytes.Model(
            OnnxBytes.Node("first", "Gather"),
            OnnxBytes.Initializer(100_000),
            OnnxBytes.Text(2, "the graph's name"),
            OnnxBytes.Node("", "MatMulNBits"));

        Assert.Equal([new GraphNode("first", "Gather"), new GraphNode("", "MatMulNBits")], Read(model));
    }

    [Fact]
    public void Read_FieldsOfEveryWireType_AreSkipped()
    {
        byte[] others = [.. OnnxBytes.Varint(100, ulong.MaxValue), 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x15, 1, 2, 3, 4];

        Assert.Equal([new GraphNode("n", "Add")], Read([.. others, .. OnnxBytes.Model(others, OnnxBytes.Node("n", "Add"))]));
    }

    [Fact]
    public void Read_GraphInTwoParts_JoinsThem()
    {
        byte[] model = [.. OnnxBytes.Model(OnnxBytes.Node("a", "Add")), .. OnnxBytes.Model(OnnxBytes.Node("b", "Sub"))];

        Assert.Equal(["Add", "Sub"], Read(model).Select(node => node.OpType));
    }

    [Fact]
    public void Read_NoGraph_SaysSo()
    {
        Assert.Equal("it holds no graph", Refusal([]));
        Assert.Equal("it holds no graph", Refusal(OnnxBytes.Varint(1, 8)));
    }

    [Fact]
    public void Read_LengthBeyondTheEnd_NamesBoth()
    {
        Assert.Equal("byte 3: a length of 200 where 2 bytes are left", Refusal([0x3A, .. OnnxBytes.Number(200), 0, 0]));
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
        Assert.Contains("a length of 18446744073709551615", Refusal([0x3A, .. OnnxBytes.Number(ulong.MaxValue)]), StringComparison.Ordinal);
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
        string reason = Refusal(OnnxBytes.Model(OnnxBytes.Node(new string('n', 5000), "Add")));

        Assert.EndsWith("a name of 5000 bytes (at most 4096 are allowed)", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedBytes_GivesNodesOrAClearRefusal()
    {
        byte[] model = OnnxBytes.Model(OnnxBytes.Node("first", "Gather"), OnnxBytes.Initializer(30), OnnxBytes.Node("second", "Add"));
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

    private static IReadOnlyList<GraphNode> Read(byte[] bytes) => GraphNodeReader.Read(new MemoryStream(bytes));

    private static string Refusal(byte[] bytes) => Assert.Throws<InvalidDataException>(() => Read(bytes)).Message;
}
