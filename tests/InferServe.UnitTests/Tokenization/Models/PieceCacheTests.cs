using InferServe.Tokenization.Models;

namespace InferServe.UnitTests.Tokenization.Models;

public class PieceCacheTests
{
    [Fact]
    public void Find_MorePiecesThanPlaces_GivesTheOwnTokensOrNone()
    {
        const int Pieces = 50_000;
        var cache = new PieceCache();
        int found = 0;
        for (int round = 0; round < 2; round++)
        {
            for (int value = 0; value < Pieces; value++)
            {
                string piece = $"piece{value}";
                if (cache.Find(piece) is { } ids)
                {
                    Assert.Equal([value], ids);
                    found++;
                }

                cache.Add(piece, [value]);
                Assert.Equal([value], cache.Find(piece)!);
            }
        }

        // Some are still there when they come again, and some have lost their place to another.
        Assert.InRange(found, 2, Pieces - 1);
    }
}
