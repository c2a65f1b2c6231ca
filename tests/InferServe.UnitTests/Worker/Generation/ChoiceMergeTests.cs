using InferServe.Worker.Generation;

namespace InferServe.UnitTests.Worker.Generation;

public sealed class ChoiceMergeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task MergeAsync_Choices_EachKeepsItsOrder(int choices)
    {
        var merged = await ChoiceMerge.MergeAsync([.. Enumerable.Range(0, choices).Select(_ => Letters("abcdefgh"))], CancellationToken.None).ToListAsync();

        Assert.Equal(choices, merged.Select(piece => piece.Choice).Distinct().Count());
        Assert.All(merged.GroupBy(piece => piece.Choice), choice =>
            Assert.Equal("abcdefgh", string.Concat(choice.Select(piece => ((AnswerPiece.Text)piece.Piece).Value))));
    }

    [Fact]
    public async Task MergeAsync_OneFails_ThrowsAndLeavesTheOthers()
    {
        var left = new TaskCompletionSource();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ChoiceMerge.MergeAsync([Endless(left), Failing()], CancellationToken.None).ToListAsync().AsTask());

        Assert.Equal("out of luck", exception.Message);
        Assert.True(left.Task.IsCompleted);
    }

    [Fact]
    public async Task MergeAsync_ReaderLeaves_LeavesEveryChoice()
    {
        TaskCompletionSource[] left = [new(), new()];

        await foreach (var _ in ChoiceMerge.MergeAsync([.. left.Select(Endless)], CancellationToken.None))
        {
            break;
        }

        Assert.All(left, one => Assert.True(one.Task.IsCompleted));
    }

    private static async IAsyncEnumerable<AnswerPiece> Letters(string text)
    {
        foreach (var letter in text)
        {
            await Task.Yield();
            yield return new AnswerPiece.Text(letter.ToString());
        }
    }

    private static async IAsyncEnumerable<AnswerPiece> Endless(TaskCompletionSource left)
    {
        try
        {
            while (true)
            {
                await Task.Yield();
                yield return new AnswerPiece.Text("x");
            }
        }
        finally
        {
            left.SetResult();
        }
    }

    private static async IAsyncEnumerable<AnswerPiece> Failing()
    {
        await Task.Yield();
        yield return new AnswerPiece.Text("y");
        throw new InvalidOperationException("out of luck");
    }
}
