using InferServe.Engine.Model;
using InferServe.OnnxRuntime.Running;

namespace InferServe.UnitTests.OnnxRuntime.Running;

public sealed class PlanCheckTests
{
    private const int Rows = 4;
    private const int ContextLength = 10;
    private const int VocabularySize = 50;

    [Fact]
    public void ThrowIfInvalid_PlanAtEveryLimit_Passes()
    {
        Check(Decode(2, [0, 49], [0, 9]), Chunk(0, 0, 10), Chunk(1, 9, 1));
        Check(null);
    }

    [Theory]
    [InlineData(-1, 1, "rows must be between 0 and 3, got -1 … -1")]
    [InlineData(3, 2, "rows must be between 0 and 3, got 3 … 4")]
    [InlineData(int.MaxValue, 1, "rows must be between 0 and 3, got 2147483647 … 2147483647")]
    public void ThrowIfInvalid_DecodeOutsideTheRows_IsRefused(int firstRow, int count, string rule)
    {
        Refused(rule, Decode(firstRow, new int[count], new int[count]));
    }

    [Fact]
    public void ThrowIfInvalid_DecodeWithoutRows_IsRefused()
    {
        Refused("a decode batch holds one token and one position for each of at least one row, got 0 tokens and 0 positions", Decode(0, [], []));
        Refused("a decode batch holds one token and one position for each of at least one row, got 2 tokens and 1 positions", Decode(0, [1, 2], [0]));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void ThrowIfInvalid_DecodeOutsideTheContext_IsRefused(int position)
    {
        Refused($"positions must be between 0 and 9, got {position} … {position}", Decode(0, [1, 1], [0, position]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(50)]
    public void ThrowIfInvalid_TokenOutsideTheVocabulary_IsRefused(int token)
    {
        Refused($"tokens must be between 0 and 49, got {token}", Decode(0, [1, token], [0, 0]));
        Refused($"tokens must be between 0 and 49, got {token}", null, new PrefillChunk(0, 0, new[] { 1, token }, 1));
    }

    [Fact]
    public void ThrowIfInvalid_ChunkOutsideRowsOrContext_IsRefused()
    {
        Refused("rows must be between 0 and 3, got 4 … 4", null, Chunk(4, 0, 1));
        Refused("positions must be between 0 and 9, got 8 … 10", null, Chunk(0, 8, 3));
        Refused("a prefill chunk holds at least one token", null, Chunk(0, 0, 0));
    }

    [Fact]
    public void ThrowIfInvalid_MorePartsThanRows_IsRefused()
    {
        Refused("a plan takes each row once, but this one takes 5 of 4", Decode(0, [1, 1], [0, 0]), Chunk(2, 0, 1), Chunk(3, 0, 1), Chunk(3, 1, 1));
    }

    [Fact]
    public void ThrowIfInvalid_PaddingBehindTheRows_PassesAndCountsAsNoRow()
    {
        Check(Decode(3, [1, 0], [4, 0]) with { IsPadded = true }, Chunk(0, 0, 1), Chunk(1, 0, 1), Chunk(2, 0, 1));
        Refused("rows must be between 0 and 3, got 4 … 4", Decode(4, [1, 0], [4, 0]) with { IsPadded = true });
        Refused("a padded decode batch has a row beside the padding, got none", Decode(0, [1], [4]) with { IsPadded = true });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void ThrowIfInvalid_MoreLogitsThanTokens_IsRefused(int logits)
    {
        Refused($"a chunk of 2 tokens has at most as many logits, got {logits}", null, Chunk(0, 0, 2) with { Logits = logits });
    }

    private static void Refused(string rule, DecodeBatch? decode, params PrefillChunk[] chunks)
    {
        var exception = Assert.Throws<ArgumentException>(() => Check(decode, chunks));
        Assert.StartsWith($"The plan cannot be run: {rule}.", exception.Message, StringComparison.Ordinal);
    }

    private static void Check(DecodeBatch? decode, params PrefillChunk[] chunks)
    {
        PlanCheck.ThrowIfInvalid(new StepPlan(decode is null ? [] : [decode], chunks), Rows, ContextLength, VocabularySize);
    }

    private static DecodeBatch Decode(int firstRow, int[] tokens, int[] positions) => new(firstRow, tokens, positions);

    private static PrefillChunk Chunk(int row, int position, int length) => new(row, position, new int[length], Logits: 0);
}
