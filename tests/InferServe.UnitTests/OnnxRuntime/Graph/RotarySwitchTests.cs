using InferServe.OnnxRuntime.Graph;
using static InferServe.UnitTests.OnnxRuntime.Graph.OnnxBytes;

namespace InferServe.UnitTests.OnnxRuntime.Graph;

public sealed class RotarySwitchTests
{
    [Fact]
    public void Find_LimitAmongTheWeights_GivesNodeAndLength()
    {
        var found = Find(Node("If", "choose", ["long"], "cos", "sin"), Node("Greater", "greater", ["width", "limit"], "long"), Attention, Limit(4096));

        Assert.Equal(new RotarySwitch("choose", 4096), found);
        Assert.Equal(4096, found!.Limit(131072));
        Assert.Equal(512, found.Limit(512));
    }

    [Fact]
    public void Find_LimitOfAConstantNode_GivesIt()
    {
        byte[] value = Field(5, [.. Text(1, "value"), .. Field(5, Tensor(4096))]);
        byte[] constant = Field(1, [.. Text(2, "limit"), .. Text(4, "Constant"), .. value]);

        Assert.Equal(
            new RotarySwitch("choose", 4096),
            Find(Node("If", "choose", ["long"], "cos", "sin"), Node("Greater", "greater", ["width", "limit"], "long"), Attention, constant));
    }

    [Fact]
    public void Find_NoChoiceOrOneOfSomethingElse_None()
    {
        Assert.Null(Find(Attention));
        Assert.Null(Find(Node("If", "choose", ["c"], "other"), Attention));
    }

    [Fact]
    public void Problems_LengthThatCannotBeTold_NamesTheNode()
    {
        var found = Find(Node("If", "choose", ["c"], "cos", "sin"), Node("Less", "less", ["width", "limit"], "c"), Attention, Limit(4096))!;

        Assert.Null(found.Length);
        Assert.Equal(
            ["the node 'choose' chooses rotary caches for all rows of a run at once, at a length that the graph does not tell plainly"], found.Problems(16));
    }

    [Fact]
    public void Problems_ContextBeyondTheLength_NamesNodeAndBoth()
    {
        var found = new RotarySwitch("choose", 4096);

        Assert.Empty(found.Problems(4096));
        Assert.Equal(
            ["the node 'choose' takes other rotary caches for every row of a run once the longest has more than 4096 tokens, so that rows would change "
                + "each other: limit the context length to 4096, it is 4097"],
            found.Problems(4097));
    }

    private static byte[] Attention => Node("GroupQueryAttention", "attention", ["q", "k", "v", "pk", "pv", "s", "t", "cos", "sin"], "out");

    private static byte[] Limit(long value) => Field(5, [.. Text(8, "limit"), .. Tensor(value)]);

    private static byte[] Tensor(long value) => [.. Varint(2, 7), .. Field(9, BitConverter.GetBytes(value))];

    private static byte[] Node(string opType, string name, string[] inputs, params string[] outputs) => Field(
        1, [.. inputs.SelectMany(input => Text(1, input)), .. outputs.SelectMany(output => Text(2, output)), .. Text(3, name), .. Text(4, opType)]);

    private static RotarySwitch? Find(params byte[][] parts) => RotarySwitch.Find(GraphOutlineReader.Read(new MemoryStream(Model(parts))));
}
