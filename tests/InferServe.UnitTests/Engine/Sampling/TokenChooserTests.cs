using System.Collections.Frozen;
using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;
using InferServe.Grammar;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class TokenChooserTests
{
    private const int Vocabulary = 100;

    private static readonly FrozenSet<int> Stops = FrozenSet.Create(99, 98);

    private readonly TokenChooser _chooser = new(Vocabulary);

    [Fact]
    public void Choose_BiasAndGrammar_LogprobsAreThoseOfTheModelBeforeBoth()
    {
        var request = Request(new() { Temperature = 0, LogitBias = [new(7, 50)] }) with
        {
            TopLogprobs = 2,
            Grammar = new TokenListGrammar(7, 8),
        };
        TokenLogprobs expected = new LogprobMeasure(Vocabulary).Measure(Logits(), 7, 2);

        TokenChoice choice = Choose(request);

        Assert.Equal((7, null), (choice.Token, choice.Error));
        Assert.Equal((expected.Logprob, expected.Rank), (choice.Logprobs!.Logprob, choice.Logprobs.Rank));
        Assert.Equal(expected.Top, choice.Logprobs.Top);
        Assert.Equal(99, choice.Logprobs.Top[0].Key);
    }

    [Fact]
    public void Choose_GrammarMask_WinsOverBias()
    {
        var request = Request(new() { Temperature = 0, LogitBias = [new(3, 1000)] }) with { Grammar = new TokenListGrammar(5, 6) };

        Assert.Equal(6, Choose(request).Token);
    }

    [Fact]
    public void Choose_FewerThanMinTokens_NoStopToken()
    {
        var request = Request(new() { Temperature = 0 }) with { MinTokens = 3, StopTokens = Stops };
        using var state = new SamplingState(request, Vocabulary);

        Assert.Equal([97, 97, 97, 99], Enumerable.Range(0, 4).Select(generated => _chooser.Choose(Logits(), request, state, generated, 0).Token));
    }

    [Fact]
    public void Choose_FrequencyPenalty_CountsWhatWasChosen()
    {
        var request = Request(new() { Temperature = 0, FrequencyPenalty = 1.5f });
        using var state = new SamplingState(request, Vocabulary);

        // Neighbouring logits differ by one, so each choice moves its token down by one and a half places.
        Assert.Equal([99, 98, 99, 97, 98], Enumerable.Range(0, 5).Select(generated => _chooser.Choose(Logits(), request, state, generated, 0).Token));
    }

    [Fact]
    public void Choose_GrammarFails_EachWayIsAnErrorThatSaysSo()
    {
        ITokenGrammar[] failing =
        [
            new TokenListGrammar(),
            new TokenListGrammar(5) { OnFill = _ => throw new InvalidOperationException("too deep") },
            new TokenListGrammar(5) { RefusesAll = true },
        ];
        string[] errors = [.. failing.Select(grammar => Choose(Request(new()) with { Grammar = grammar }).Error!)];

        Assert.Equal(
            ["The grammar allows no token here.", "The grammar failed: too deep", "The grammar does not allow token 5, which its own mask allowed."],
            errors);
    }

    [Fact]
    public void Choose_WarmChooser_AllocatesNothing()
    {
        var request = Request(new() { Temperature = 0.7f, TopP = 0.9f, LogitBias = [new(3, 1)], PresencePenalty = 0.1f, RepetitionPenalty = 1.1f });
        using var state = new SamplingState(request, Vocabulary);
        float[] logits = Logits();
        float[] work = new float[Vocabulary];
        long allocated = 0;
        for (int round = 0; round < 200; round++)
        {
            logits.CopyTo(work, 0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            _chooser.Choose(work, request, state, round, 0.1);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    private TokenChoice Choose(GenerationRequest request)
    {
        using var state = new SamplingState(request, Vocabulary);
        return _chooser.Choose(Logits(), request, state, generated: 0, unit: 0.5);
    }

    /// <summary>Token 99 is the likeliest, 98 the next.</summary>
    private static float[] Logits() => [.. Enumerable.Range(0, Vocabulary).Select(t => (float)t)];

    private static GenerationRequest Request(SamplingParameters sampling) => EngineFixtures.Request(promptTokens: 2, sampling: sampling);
}
