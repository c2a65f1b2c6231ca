using InferServe.Engine.Kv;

namespace InferServe.UnitTests.Engine.Kv;

public sealed class RowCompactionTests
{
    private const int MostRows = 9;

    [Fact]
    public void Moves_EveryPatternOfHoles_LeavesOneWindowWithoutHoles()
    {
        foreach (int[] lengths in AllPatterns())
        {
            foreach (int pinned in PinnedChoices(lengths))
            {
                int window = RowCompaction.ChooseWindow(lengths, pinned);
                int[] rows = Apply(lengths, RowCompaction.Moves(lengths, window));

                int used = lengths.Count(l => l != RowCompaction.Hole);
                Assert.All(rows[window..(window + used)], l => Assert.NotEqual(RowCompaction.Hole, l));
                Assert.Equal(lengths.Order(), rows.Order());
                if (pinned >= 0)
                {
                    Assert.Equal(lengths[pinned], rows[pinned]);
                    Assert.True(pinned == window || pinned == window + used - 1);
                }
            }
        }
    }

    [Fact]
    public void ChooseWindow_EveryPatternOfHoles_CopiesTheFewestPositions()
    {
        foreach (int[] lengths in AllPatterns())
        {
            int used = lengths.Count(l => l != RowCompaction.Hole);
            int chosen = RowCompaction.Moves(lengths, RowCompaction.ChooseWindow(lengths, pinned: -1)).Sum(m => m.Length);
            int fewest = Enumerable.Range(0, lengths.Length - used + 1).Min(w => RowCompaction.Moves(lengths, w).Sum(m => m.Length));
            Assert.Equal(fewest, chosen);
        }
    }

    [Fact]
    public void Moves_OneHole_MovesAtMostOneRow()
    {
        foreach (int[] lengths in AllPatterns().Where(p => p.Count(l => l == RowCompaction.Hole) == 1))
        {
            foreach (int pinned in PinnedChoices(lengths))
            {
                Assert.True(RowCompaction.Moves(lengths, RowCompaction.ChooseWindow(lengths, pinned)).Count <= 1);
            }
        }
    }

    private static IEnumerable<int[]> AllPatterns()
    {
        for (int rows = 1; rows <= MostRows; rows++)
        {
            for (int holes = 0; holes < 1 << rows; holes++)
            {
                // Different lengths in no simple order.
                yield return [.. Enumerable.Range(0, rows).Select(r => (holes >> r & 1) == 1 ? RowCompaction.Hole : 1 + (r * 7 % 10))];
            }
        }
    }

    /// <summary>None, or the outermost used row of either side.</summary>
    private static IEnumerable<int> PinnedChoices(int[] lengths) =>
        new[] { -1, Array.FindIndex(lengths, l => l >= 0), Array.FindLastIndex(lengths, l => l >= 0) }.Distinct();

    private static int[] Apply(int[] lengths, List<RowMove> moves)
    {
        int[] rows = [.. lengths];
        foreach (RowMove move in moves)
        {
            Assert.Equal(RowCompaction.Hole, rows[move.Destination]);
            Assert.Equal(move.Length, rows[move.Source]);
            (rows[move.Destination], rows[move.Source]) = (move.Length, RowCompaction.Hole);
        }

        return rows;
    }
}
