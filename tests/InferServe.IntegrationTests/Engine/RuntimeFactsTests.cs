using System.Numerics.Tensors;
using InferServe.Engine.Model;
using InferServe.IntegrationTests.OnnxRuntime;
using InferServe.OnnxRuntime;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.IntegrationTests.Engine;

/// <summary>
/// What reproducibility rests on: which runs of ONNX Runtime round alike. A new version that changes one of these facts shows here first.
/// </summary>
public sealed class RuntimeFactsTests : IDisposable
{
    private const int Rows = 8;
    private const int PromptLength = 40;

    /// <summary>
    /// Matrix products round their inputs to eight bits, so this share of the largest logit is rounding. Up to 0.016 is seen, more without
    /// AVX-512 than with it; one wrong token in the first prompt moves a logit by 0.12.
    /// </summary>
    private const float RoundingShare = 0.03f;

    private readonly OnnxModelRunner _runner = NanoModel.Load(Rows, contextLength: 128);
    private readonly int[][] _prompts;

    public RuntimeFactsTests()
    {
        var random = new Random(1);
        _prompts = [.. Enumerable.Range(0, Rows).Select(_ => NanoModel.Tokens(random, PromptLength, _runner.VocabularySize))];
    }

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void Prefill_CutIntoChunksOfTwoOrMore_IsBitIdenticalAndSoIsWhatFollows()
    {
        float[] whole = _runner.Prefill(0, 0, _prompts[0]);
        float[] decoded = DecodePadded(0);
        for (int cut = 2; cut <= PromptLength - 2; cut++)
        {
            _runner.Prefill(2, 0, _prompts[0][..cut]);

            Assert.Equal(whole, _runner.Prefill(2, cut, _prompts[0][cut..]));
            Assert.Equal(decoded, DecodePadded(2));
        }
    }

    [Fact]
    public void Decode_AnyBatchOfTwoOrMore_IsBitIdentical()
    {
        // Rows of different lengths, so that the mask of a row has another width in each batch.
        Fill();
        float[] expected = Decode(first: 0, count: 2)[0];
        for (int count = 3; count <= Rows; count++)
        {
            Assert.Equal(expected, Decode(0, count)[0]);
        }
    }

    [Fact]
    public void Decode_AnyPlaceInTheBatch_IsBitIdentical()
    {
        Fill();
        float[] expected = Decode(first: 3, count: 2)[0];
        for (int first = 0; first <= 3; first++)
        {
            Assert.Equal(expected, Decode(first, Rows - first)[3 - first]);
        }
    }

    [Fact]
    public void Decode_OneRowWithPadding_EqualsALargerBatch()
    {
        Fill();
        float[] expected = Decode(first: Rows - 2, count: 2)[1];

        // The last row is padded by the row behind all others.
        Assert.Equal(expected, DecodePadded(Rows - 1));
    }

    [Fact]
    public void Decode_ValuesWrittenInAnyBatch_AreBitIdentical()
    {
        Fill();
        Decode(0, 2);
        float[] expected = DecodeNext(0, 2)[0];
        Fill();
        Decode(0, Rows);

        Assert.Equal(expected, DecodeNext(0, 2)[0]);
    }

    [Fact]
    public void SnapshotAndBlocks_RoundTrip_IsBitIdentical()
    {
        _runner.ReserveBlocks(count: 3, length: 16);
        _runner.Prefill(0, 0, _prompts[0]);
        float[] expected = DecodePadded(0);
        using KvSnapshot snapshot = _runner.SaveRow(0, PromptLength);
        _runner.StoreBlock(0, 0, block: 2);
        _runner.StoreBlock(0, 16, block: 0);
        _runner.ReleaseRow(0);

        _runner.RestoreRow(snapshot, 3);
        Assert.Equal(expected, DecodePadded(3));

        _runner.LoadBlock(2, 5, 0);
        _runner.LoadBlock(0, 5, 16);
        _runner.Prefill(5, 32, _prompts[0][32..]);
        Assert.Equal(expected, DecodePadded(5));
    }

    [Fact]
    public void CopyRow_ThenTwoLastTokens_IsBitIdenticalToThePrompt()
    {
        float[] expected = _runner.Prefill(0, 0, _prompts[0]);
        _runner.CopyRow(0, 4, PromptLength - 2);

        Assert.Equal(expected, _runner.Prefill(4, PromptLength - 2, _prompts[0][^2..]));
    }

    [Fact]
    public void Decode_OneRowAlone_DiffersByRoundingOnly()
    {
        // Another matrix kernel may serve a single row; a reproducible sequence is padded for this reason and for no other.
        Fill();
        float[] expected = Decode(first: 0, count: 2)[0];

        AssertRounded(expected, Decode(first: 0, count: 1)[0]);
    }

    [Fact]
    public void Decode_ValuesWrittenTokenByToken_DifferFromPrefillByRoundingOnly()
    {
        // Hence the prefix cache tells exact blocks from others, and a preempted reproducible sequence is saved instead of computed again.
        float[] expected = _runner.Prefill(0, 0, _prompts[0]);
        _runner.Prefill(2, 0, _prompts[0][..20]);
        float[] last = [];
        for (int position = 20; position < PromptLength; position++)
        {
            last = _runner.Decode(2, [_prompts[0][position], 0], [position, 0])[0];
        }

        AssertRounded(expected, last);
    }

    [Fact]
    public void Prefill_SeveralRowsWithAPast_AreRefused()
    {
        // Hence every chunk is a run of its own row. The day it is not refused, prompts can share runs.
        using var session = new InferenceSession(Path.Combine(NanoModel.Path, "model.onnx"));
        const int Sequences = 2, New = 3, Past = 4;
        List<OrtValue> values = [Int64s(Sequences, New), Int64s(Sequences, Past + New)];
        List<string> names = ["input_ids", "attention_mask"];
        foreach ((string name, NodeMetadata metadata) in session.InputMetadata.Where(i => i.Key.StartsWith("past", StringComparison.Ordinal)))
        {
            names.Add(name);
            long[] shape = [Sequences, metadata.Dimensions[1], Past, metadata.Dimensions[3]];
            values.Add(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape));
        }

        using var options = new RunOptions();
        var refusal = Assert.Throws<OnnxRuntimeException>(() => session.Run(options, names, values, ["logits"]));
        Assert.Contains("batch_size must be 1 when sequence_length > 1", refusal.Message, StringComparison.Ordinal);
        values.ForEach(v => v.Dispose());
    }

    private static void AssertRounded(float[] expected, float[] got)
        => RunnerSteps.AssertClose(expected, got, RoundingShare * MathF.Abs(TensorPrimitives.MaxMagnitude<float>(expected)));

    private static OrtValue Int64s(params long[] shape)
    {
        long[] ones = new long[shape[0] * shape[1]];
        Array.Fill(ones, 1);
        return OrtValue.CreateTensorValueFromMemory(ones, shape);
    }

    private void Fill()
    {
        for (int row = 0; row < Rows; row++)
        {
            _runner.Prefill(row, 0, _prompts[row][..LengthOf(row)]);
        }
    }

    private static int LengthOf(int row) => PromptLength - (row * 3 % 17);

    private float[][] Decode(int first, int count) => Decode(first, count, offset: 0);

    private float[][] DecodeNext(int first, int count) => Decode(first, count, offset: 1);

    private float[][] Decode(int first, int count, int offset) => _runner.Decode(
        first,
        [.. Enumerable.Range(first, count).Select(row => _prompts[row][offset])],
        [.. Enumerable.Range(first, count).Select(row => LengthOf(row) + offset)]);

    /// <summary>Decodes one row with the row behind it as padding; row 7 stands at another length than the prompts of whole rows.</summary>
    private float[] DecodePadded(int row)
    {
        int length = row == Rows - 1 ? LengthOf(row) : PromptLength;
        int[] tokens = [_prompts[row == Rows - 1 ? row : 0][0], 0];
        var batch = new DecodeBatch(row, tokens, new[] { length, 0 }) { IsPadded = true };
        return _runner.Run(new StepPlan([batch], []))[0].ToArray();
    }
}
