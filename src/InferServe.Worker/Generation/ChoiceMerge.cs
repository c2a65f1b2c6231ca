using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace InferServe.Worker.Generation;

/// <summary>Makes one stream of the streams of several answers, each piece as soon as it is there.</summary>
internal static class ChoiceMerge
{
    /// <summary>How many pieces of each answer may wait for a slow client before its stream is read no further.</summary>
    private const int Buffer = 4;

    /// <exception cref="Exception">Whatever the first stream that fails throws; the others are left.</exception>
    public static async IAsyncEnumerable<ChoicePiece> MergeAsync(
        IReadOnlyList<IAsyncEnumerable<AnswerPiece>> choices, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (choices.Count == 1)
        {
            await foreach (var piece in choices[0].WithCancellation(cancellationToken))
            {
                yield return new ChoicePiece(0, piece);
            }

            yield break;
        }

        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var merged = Channel.CreateBounded<ChoicePiece>(new BoundedChannelOptions(Buffer * choices.Count) { SingleReader = true });
        var pumps = Task.WhenAll(choices.Select((choice, index) => PumpAsync(index, choice, merged.Writer, left.Token)));
        try
        {
            _ = pumps.ContinueWith(static (done, writer) => ((ChannelWriter<ChoicePiece>)writer!).TryComplete(), merged.Writer, TaskScheduler.Default);
            await foreach (var piece in merged.Reader.ReadAllAsync(cancellationToken))
            {
                yield return piece;
            }
        }
        finally
        {
            await left.CancelAsync();
            await pumps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PumpAsync(
        int index, IAsyncEnumerable<AnswerPiece> choice, ChannelWriter<ChoicePiece> merged, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var piece in choice.WithCancellation(cancellationToken))
            {
                await merged.WriteAsync(new ChoicePiece(index, piece), cancellationToken);
            }
        }
        catch (Exception exception)
        {
            // Ends the merged stream at once; later pieces of the others find it closed.
            merged.TryComplete(exception);
            throw;
        }
    }
}
