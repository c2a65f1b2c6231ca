using InferServe.LoadTests.Randomness;

namespace InferServe.LoadTests.Workload;

/// <summary>Where a length in tokens or a time in seconds comes from. Draws are held between <paramref name="Least"/> and <paramref name="Most"/>.</summary>
/// <param name="Shape">Which of the shapes.</param>
/// <param name="Centre">The value of a constant, the mean of a normal, the median of a lognormal distribution.</param>
/// <param name="Spread">The deviation of a normal, sigma of a lognormal distribution.</param>
/// <param name="Least">The smallest value that is drawn.</param>
/// <param name="Most">The largest value that is drawn.</param>
internal sealed record Distribution(DistributionShape Shape, double Centre, double Spread, double Least, double Most)
{
    public static Distribution Constant(double value) => new(DistributionShape.Constant, value, 0, value, value);

    public double Draw(SeededRandom random)
    {
        double value = Shape switch
        {
            DistributionShape.Constant => Centre,
            DistributionShape.Uniform => Least + ((Most - Least) * random.NextDouble()),
            DistributionShape.Normal => Centre + (Spread * random.NextNormal()),
            _ => Centre * Math.Exp(Spread * random.NextNormal()),
        };
        return Math.Clamp(value, Least, Most);
    }

    /// <summary>A whole number; the ends of a uniform distribution are as likely as the numbers between them.</summary>
    public int DrawWhole(SeededRandom random)
    {
        return Shape == DistributionShape.Uniform
            ? (int)Least + random.Next((int)Most - (int)Least + 1)
            : (int)Math.Round(Draw(random));
    }
}
