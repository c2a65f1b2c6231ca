using System.ComponentModel.DataAnnotations;

namespace InferServe.Gateway.Usage;

/// <summary>Where usage is kept.</summary>
internal sealed class UsageOptions
{
    public const string Section = "Usage";

    /// <summary>
    /// The database file. By default <c>inferserve/usage.db</c> in the user's folder for such data, when there are keys; without keys only a
    /// file that is named here is written.
    /// </summary>
    public string? File { get; set; }

    /// <summary>Pause between two writes, in seconds: what a gateway that is killed forgets at most. Default 1.</summary>
    [Range(0.05, 3_600)]
    public double WriteSeconds { get; set; } = 1;

    /// <summary>How long usage is kept, in days. Default 400.</summary>
    [Range(1, 36_500)]
    public int KeepDays { get; set; } = 400;
}
