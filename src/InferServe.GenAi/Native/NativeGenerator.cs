using InferServe.Engine.Model;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace InferServe.GenAi.Native;

/// <summary>A sequence of the library. Its own search is never asked for a token.</summary>
internal sealed class NativeGenerator(Generator generator, string logitsName) : ISequenceGenerator
{
    public void Append(ReadOnlySpan<int> tokens)
    {
        try
        {
            generator.AppendTokens(tokens);
        }
        catch (OnnxRuntimeGenAIException exception)
        {
            throw new ModelRunException($"The model run failed: {exception.Message}", exception);
        }
    }

    public bool TryRewind(int length)
    {
        try
        {
            generator.RewindTo((ulong)length);
            return true;
        }
        catch (OnnxRuntimeGenAIException)
        {
            return false;
        }
    }

    public void CopyLogits(Span<float> logits)
    {
        // Shape [1, new tokens or 1, vocabulary]; the last position ends the tensor.
        using Tensor output = generator.GetOutput(logitsName);
        long[] shape = output.Shape();
        if (shape.Length == 0 || shape[^1] != logits.Length)
        {
            throw new ModelRunException($"The logits have shape [{string.Join(", ", shape)}]; the last number must be the vocabulary's size {logits.Length}.");
        }

        switch (output.Type())
        {
            case ElementType.float32:
                output.GetData<float>()[^logits.Length..].CopyTo(logits);
                break;
            case ElementType.float16:
                System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(output.GetData<Half>()[^logits.Length..], logits);
                break;
            case var type:
                throw new ModelRunException($"The logits are of type {type}; float32 and float16 can be read.");
        }
    }

    public void Dispose() => generator.Dispose();
}
