using InferServe.Tokenization.Models;

namespace InferServe.UnitTests.Tokenization.Models;

public class PieceCacheTests
{
    [Fact]
    public void Find_MorePiecesThanPlaces_GivesTheOwnTokensOrNone()
    {
        var cache = new PieceCache();
        int found = 0;
        for (int round = 0; round < 2; round++)
        {
            for (int value = 0; value < 50_000; value++)
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

        Assert.InRange(found, 0, 50_000);
    }
}
