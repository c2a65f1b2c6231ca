using InferServe.OnnxRuntime.Rewriting;
using static InferServe.UnitTests.OnnxRuntime.Graph.OnnxBytes;

namespace InferServe.UnitTests.OnnxRuntime.Rewriting;

public sealed class LogitsWindowTests
{
    [Fact]
    public void Open_GraphOfEveryPosition_SlicesBeforeTheLastProduct()
    {
        byte[] model = Model(
            Node("norm", "Norm", ["x"], "hidden"),
            Node("head", "MatMulNBits", ["hidden", "w", "s"], "raw"),
            Node("cap", "Tanh", ["raw"], "capped"),
            Node("scale", "Mul", ["capped", "c"], "logits"),
            Initializer("w"),
            Field(11, Text(1, "x")));

        var windowed = Open(model)!;

        var parts = GraphParts.Read(new MemoryStream(windowed.Model)).Parts;
        Assert.Equal(["norm", "inferserve.logits_window", "head", "cap", "scale"], parts.Where(p => p.Field == 1).Select(p => p.Name));
        GraphPart slice = parts.Single(p => p.OpType == "Slice");
        Assert.Equal(["hidden", windowed.Input, "inferserve.logits_end", "inferserve.logits_axis"], slice.Inputs);
        Assert.Equal([slice.Outputs[0], "w", "s"], parts.Single(p => p.Name == "head").Inputs);
        Assert.Equal(["w", "inferserve.logits_end", "inferserve.logits_axis"], parts.Where(p => p.Field == 5).Select(p => p.Name));
        Assert.Equal(2, parts.Count(p => p.Field == 11));
    }

    [Fact]
    public void Open_ExportersGraphOfTheLastPosition_TurnsItsStartIntoAnInput()
    {
        byte[] model = Model(
            Node("last", "Slice", ["hidden", "last_start", "end", "axis"], "last"),
            Node("head", "MatMul", ["last", "w"], "logits"),
            Initializer("last_start"),
            Initializer("w"),
            Field(12, Text(1, "logits")),
            Field(12, Text(1, "present")));

        var windowed = Open(model)!;

        var parts = GraphParts.Read(new MemoryStream(windowed.Model)).Parts;
        GraphPart[] outputs = [.. parts.Where(p => p.Field == 12)];
        Assert.Equal(["logits", "present"], outputs.Select(p => p.Name));
        Assert.True(outputs[0].End - outputs[0].Start > outputs[1].End - outputs[1].Start);
        Assert.Equal("last_start", windowed.Input);
        Assert.Equal(["w"], parts.Where(p => p.Field == 5).Select(p => p.Name));
        Assert.Equal(["hidden", "last_start", "end", "axis"], parts[0].Inputs);
        Assert.Single(parts, p => p.Field == 11);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    public void Open_LastPositionOfAnotherElementType_KeepsTheType(int elementType)
    {
        byte[] shape = Field(2, [.. Field(1, Text(2, "n")), .. Field(1, Varint(1, 1)), .. Field(1, Varint(1, 50))]);
        byte[] type = Field(2, Field(1, [.. Varint(1, (ulong)elementType), .. shape]));
        byte[] model = Model(
            Node("head", "MatMul", ["last", "w"], "logits"), Initializer("last_start"), Field(12, [.. Text(1, "logits"), .. type]));

        byte[] edited = Open(model)!.Model;

        GraphPart output = GraphParts.Read(new MemoryStream(edited)).Parts.Single(p => p.Field == 12);
        byte[] dimensions =
            [.. Field(1, Text(2, "logits_rows")), .. Field(1, Text(2, "logits_positions")), .. Field(1, Varint(1, 50))];
        byte[] expected = [.. Text(1, "logits"), .. Field(2, Field(1, [.. Varint(1, (ulong)elementType), .. Field(2, dimensions)]))];
        Assert.Equal(expected, edited[(int)output.ValueStart..(int)output.End]);
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("Gather")]
    public void Open_LogitsOfAnotherOperator_LeavesTheGraph(string opType) =>
        Assert.Null(Open(Model(Node("head", "MatMul", ["x", "w"], "y"), Node("other", opType, ["y"], "logits"))));

    [Fact]
    public void Open_LogitsOfTwoProducts_LeavesTheGraph() => Assert.Null(Open(Model(
        Node("head", "MatMul", ["x", "w"], "a"), Node("lora", "MatMul", ["x", "v"], "b"), Node("sum", "Add", ["a", "b"], "logits"))));

    [Fact]
    public void Open_LogitsWithBias_SlicesBeforeTheProduct() => Assert.NotNull(Open(Model(
        Node("head", "MatMul", ["x", "w"], "a"), Node("c", "Constant", [], "b"), Node("sum", "Add", ["a", "b"], "logits"))));

    [Fact]
    public void Open_NodesInACircle_Ends() =>
        Assert.Null(Open(Model(Node("a", "Cast", ["y"], "logits"), Node("b", "Cast", ["logits"], "y"))));

    [Fact]
    public void Open_FieldsAroundTheGraph_AreKept()
    {
        byte[] model = [.. Varint(1, 9), .. Field(7, Node("head", "MatMul", ["x", "w"], "logits")), .. Text(2, "producer")];

        byte[] edited = Open(model)!.Model;

        Assert.Equal(Varint(1, 9), edited[..2]);
        Assert.Equal(Text(2, "producer"), edited[^Text(2, "producer").Length..]);
    }

    [Fact]
    public void Open_DamagedFile_IsRefused()
    {
        byte[] model = Model(Node("head", "MatMul", ["x", "w"], "logits"));
        for (int length = 0; length < model.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Open(model[..length]));
        }
    }

    private static WindowedGraph? Open(byte[] model) => LogitsWindow.Open(new MemoryStream(model), "logits", vocabularySize: 50);

    private static byte[] Node(string name, string opType, string[] inputs, string output) =>
        Field(1, [.. inputs.SelectMany(input => Text(1, input)), .. Text(2, output), .. Text(3, name), .. Text(4, opType)]);

    private static byte[] Initializer(string name) => Field(5, [.. Varint(1, 1), .. Text(8, name), .. Field(9, new byte[8])]);
}
