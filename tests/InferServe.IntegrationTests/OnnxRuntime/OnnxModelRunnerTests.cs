using InferServe.Engine.Model;
using InferServe.OnnxRuntime;

namespace InferServe.IntegrationTests.OnnxRuntime;

/// <summary>The runner on real graphs, against an independent forward pass in float64.</summary>
public sealed class OnnxModelRunnerTests
{
    public static TheoryData<string> Variants => [.. TinyModel.Llamas, .. TinyModel.Variants];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_WholePrompt_EqualsReference(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load();

        float[] logits = runner.Prefill(0, 0, model.Prompt);

        model.AssertLogits(^1, logits);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_TokenByToken_EqualsReferenceAtEveryPosition(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load();

        for (int position = 0; position < model.Prompt.Length; position++)
        {
            float[][] logits = runner.Decode(0, [model.Prompt[position]], [position]);
            model.AssertLogits(position, logits[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_PromptInChunks_EqualsReferenceWhereverItIsCut(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load();

        for (int cut = 1; cut < model.Prompt.Length; cut++)
        {
            float[] first = runner.Prefill(1, 0, model.Prompt[..cut]);
            float[] second = runner.Prefill(1, cut, model.Prompt[cut..]);
            model.AssertLogits(cut - 1, first);
            model.AssertLogits(^1, second);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_GreedyFromPrompt_GivesReferenceTokens(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load();
        List<int> tokens = [RunnerSteps.Best(runner.Prefill(0, 0, model.Prompt))];

        while (tokens.Count < model.Greedy.Length)
        {
            int position = model.Prompt.Length + tokens.Count - 1;
            tokens.Add(RunnerSteps.Best(runner.Decode(0, [tokens[^1]], [position])[0]));
        }

        Assert.Equal(model.Greedy, tokens);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_RaggedRowsAfterTheFirst_EachEqualsReference(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load(rows: 5);
        int[] lengths = [3, 17, 1, 8];
        for (int i = 0; i < lengths.Length; i++)
        {
            runner.Prefill(i + 1, 0, model.Prompt[..lengths[i]]);
        }

        // Two steps, so that the second reads what the first wrote.
        for (int step = 0; step < 2; step++)
        {
            int[] positions = [.. lengths.Select(length => length + step)];
            float[][] logits = runner.Decode(1, [.. positions.Select(position => model.Prompt[position])], positions);
            for (int i = 0; i < lengths.Length; i++)
            {
                model.AssertLogits(positions[i], logits[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_RowOfLargerBatches_LogitsAreBitIdentical(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load();
        for (int row = 0; row < runner.Rows; row++)
        {
            runner.Prefill(row, 0, model.Prompt[..(5 + row)]);
        }

        float[][] two = runner.Decode(0, [7, 8], [5, 6]);
        float[][] four = runner.Decode(0, [7, 8, 9, 10], [5, 6, 7, 8]);

        Assert.Equal(two[0], four[0]);
        Assert.Equal(two[1], four[1]);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_DecodeAndChunksInOnePlan_LogitsInPlanOrder(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load();
        runner.Prefill(0, 0, model.Prompt[..4]);
        runner.Prefill(1, 0, model.Prompt[..9]);

        int[] positions = [4, 9];
        int[] tokens = [model.Prompt[4], model.Prompt[9]];
        var logits = runner.Run(new StepPlan(
            [new DecodeBatch(0, tokens, positions)],
            [
                new PrefillChunk(2, 0, model.Prompt.AsMemory(0, 6), Logits: 0),
                new PrefillChunk(3, 0, model.Prompt.AsMemory(0, 12), Logits: 1),
            ]));

        Assert.Equal(3, logits.Count);
        model.AssertLogits(4, logits[0].ToArray());
        model.AssertLogits(9, logits[1].ToArray());
        model.AssertLogits(11, logits[2].ToArray());
        model.AssertLogits(7, runner.Prefill(2, 6, model.Prompt[6..8]));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_LogitsOfSeveralPositions_EqualReference(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load();
        Assert.True(runner.ReturnsAllPositions);
        int count = model.Prompt.Length;

        foreach (int wanted in Enumerable.Range(1, count))
        {
            var logits = runner.Run(new StepPlan([], [new PrefillChunk(0, 0, model.Prompt, wanted), new PrefillChunk(1, 0, model.Prompt, 1)]));

            Assert.Equal(wanted + 1, logits.Count);
            for (int i = 0; i < wanted; i++)
            {
                model.AssertLogits(count - wanted + i, logits[i].ToArray());
            }

            model.AssertLogits(^1, logits[wanted].ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void ReleaseRow_OtherRows_KeepWhatTheyHold(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load();
        for (int row = 0; row < 3; row++)
        {
            runner.Prefill(row, 0, model.Prompt[..10]);
        }

        runner.ReleaseRow(1);

        float[][] logits = runner.Decode(0, [model.Prompt[10], 0, model.Prompt[10]], [10, 0, 10]);
        model.AssertLogits(10, logits[0]);
        model.AssertLogits(10, logits[2]);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void CopyRow_ThenDecode_ContinuesTheCopiedPartOnly(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load();
        runner.Prefill(0, 0, model.Prompt);
        runner.Prefill(3, 0, [.. model.Prompt.Reverse()]);

        runner.CopyRow(source: 0, destination: 3, length: 10);

        model.AssertLogits(10, runner.Decode(3, [model.Prompt[10]], [10])[0]);

        // Beyond the copied part the row keeps its own values: taking them for the prompt's gives other logits.
        float[] wrong = runner.Decode(3, [model.Prompt[12]], [12])[0];
        Assert.NotEqual(model.Logits[12], wrong, (expected, got) => Math.Abs(expected - got) < 1e-3);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_LastPositionOfTheContext_Works(string variant)
    {
        var model = TinyModel.Of(variant);
        var folder = ModelFolder.Open(model.Folder);
        using var runner = OnnxModelRunner.Load(folder, new OnnxRunnerOptions { Rows = 2, ContextLength = model.Prompt.Length, Threads = 1 });
        Assert.Equal(model.Prompt.Length, runner.ContextLength);

        runner.Prefill(1, 0, model.Prompt[..^1]);
        float[][] logits = runner.Decode(1, [model.Prompt[^1]], [model.Prompt.Length - 1]);

        model.AssertLogits(^1, logits[0]);
    }

    [Fact]
    public void Run_ManyRangesOfRows_StaysRight()
    {
        var model = TinyModel.Of("int4-last");
        using var runner = model.Load(rows: 24);
        for (int row = 0; row < runner.Rows; row++)
        {
            runner.Prefill(row, 0, model.Prompt[..4]);
        }

        // 300 ranges: more than the bindings that are kept.
        for (int first = 0; first < runner.Rows; first++)
        {
            for (int count = 1; count <= runner.Rows - first; count++)
            {
                int[] tokens = [.. Enumerable.Repeat(model.Prompt[4], count)];
                float[][] logits = runner.Decode(first, tokens, [.. Enumerable.Repeat(4, count)]);
                model.AssertLogits(4, logits[^1]);
            }
        }
    }

    [Fact]
    public void Run_PlanOutsideTheRows_IsRefused()
    {
        using var runner = TinyModel.Of("int4-last").Load(rows: 2);

        Assert.Throws<ArgumentException>(() => runner.Prefill(2, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => runner.CopyRow(0, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => runner.CopyRow(0, 1, runner.ContextLength + 1));
    }
}
