using InferServe.Engine.Sampling;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class TopKSelectionTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void Select_RandomValues_AgreesWithFullSort(int levels)
    {
        var random = new Random(levels);
        for (int round = 0; round < 300; round++)
        {
            float[] values = [.. Enumerable.Range(0, random.Next(1, 1500)).Select(_ => (float)random.Next(levels))];
            int k = random.Next(1, values.Length + 1);
            int[] indices = new int[k];
            float[] selected = new float[k];

            TopKSelection.Select(values, indices, selected);

            int[] expected = [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).ThenBy(i => i).Take(k).Order()];
            Assert.Equal(expected, indices);
            Assert.Equal(expected.Select(i => values[i]), selected);
        }
    }
}
