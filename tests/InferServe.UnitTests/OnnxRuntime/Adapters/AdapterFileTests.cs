using InferServe.OnnxRuntime.Adapters;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.UnitTests.OnnxRuntime.Adapters;

/// <summary>Reads the adapter files of <c>tests/fixtures/lora</c>, which ONNX Runtime itself loads as well.</summary>
public sealed class AdapterFileTests
{
    private static readonly byte[] Formal = File.ReadAllBytes(Repository.PathOf("tests", "fixtures", "lora", "formal.onnx_adapter"));

    [Fact]
    public void Read_AdapterFile_GivesEveryParameter()
    {
        var parameters = AdapterFile.Read(Formal);

        // Two layers, five matrices each, an A and a B for each of them.
        Assert.Equal(20, parameters.Count);
        Assert.All(parameters, parameter => Assert.Equal(TensorElementType.Float, parameter.Type));
        var first = parameters[0];
        Assert.Equal("model.layers.0.self_attn.q_proj.lora_A.weight", first.Name);
        Assert.Equal([32, 4], first.Shape);
        Assert.Equal(32 * 4 * sizeof(float), first.Length);
        Assert.Equal(0, first.Offset % 8);
        Assert.Equal([4, 64], parameters[1].Shape);
    }

    [Fact]
    public void Read_OtherFile_SaysWhatIsMissing()
    {
        Assert.Equal("it does not have the identifier 'TORT'", Refusal("an ordinary text"u8.ToArray()));
        Assert.Equal("byte 0: 8 bytes beyond the end at 3", Refusal([1, 2, 3]));
    }

    [Fact]
    public void Read_CutAnywhere_IsRefusedUnlessNothingIsMissing()
    {
        for (int length = 0; length < Formal.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => AdapterFile.Read(Formal.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Read_DamagedBytes_GivesParametersWithinTheFileOrAClearRefusal()
    {
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = [.. Formal];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                // The first kilobyte holds most of the structure.
                damaged[random.Next(random.Next(2) == 0 ? 1024 : damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.All(AdapterFile.Read(damaged), parameter => Assert.InRange(parameter.Offset + (long)parameter.Length, 0, damaged.Length));
            }
            catch (InvalidDataException)
            {
                // Any other exception fails the test.
            }
        }
    }

    private static string Refusal(byte[] bytes) => Assert.Throws<InvalidDataException>(() => AdapterFile.Read(bytes)).Message;
}
