using System.Text.Json;
using InferServe.LoadTests.Workload;

namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>
/// Reads a length or a time: a number or <c>${…}</c> for a constant, or an object with <c>distribution</c> <c>uniform</c> (<c>min</c>, <c>max</c>),
/// <c>normal</c> (<c>mean</c>, <c>deviation</c>) or <c>lognormal</c> (<c>median</c>, <c>sigma</c>), the last two with optional <c>min</c> and <c>max</c>.
/// </summary>
internal static class DistributionReader
{
    private const double MostSigma = 10;

    /// <summary>The longest time that a scenario may name.</summary>
    public const double MostSeconds = 7 * 86_400;

    private const int MostTokens = 10_000_000;

    /// <summary>A length in tokens, at least 1.</summary>
    public static Distribution Length(ScenarioSection parent, string name) => Read(parent, name, 1, MostTokens, whole: true, null);

    /// <summary>A time; null for <paramref name="otherwise"/> makes it required.</summary>
    public static Distribution Seconds(ScenarioSection parent, string name, double? otherwise) =>
        Read(parent, name, 0, MostSeconds, whole: false, otherwise);

    private static Distribution Read(ScenarioSection parent, string name, double least, double most, bool whole, double? otherwise)
    {
        if (!parent.Has(name))
        {
            return Distribution.Constant(parent.Number(name, least, most, otherwise));
        }

        if (parent.Node.Find(name) is { Kind: not JsonValueKind.Object })
        {
            return Distribution.Constant(whole ? parent.Whole(name, (int)least, (int)most) : parent.Number(name, least, most));
        }

        ScenarioSection section = parent.Section(name)!;
        Distribution distribution = section.Choice("distribution", ["uniform", "normal", "lognormal"]) switch
        {
            "normal" => new Distribution(
                DistributionShape.Normal, section.Number("mean", least, most), section.Number("deviation", 0, most), Low(section), High(section)),
            "lognormal" => new Distribution(
                DistributionShape.LogNormal, section.Number("median", least, most), section.Number("sigma", 0, MostSigma), Low(section), High(section)),
            _ => new Distribution(DistributionShape.Uniform, 0, 0, section.Number("min", least, most), section.Number("max", least, most)),
        };
        section.Finish();
        if (distribution.Least > distribution.Most)
        {
            section.Mistake("min", "must not be above max");
            return Distribution.Constant(least);
        }

        return distribution;

        double Low(ScenarioSection from) => from.Number("min", least, most, least);
        double High(ScenarioSection from) => from.Number("max", least, most, most);
    }
}
