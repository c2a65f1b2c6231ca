using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Json;

/// <summary>Members of an object, or elements of an array, that are treated alike.</summary>
/// <param name="Variants">The values they may have; each with the obligations that it meets, one bit for each.</param>
/// <param name="IsNamed">Whether one key makes up the class, so that it occurs at most once.</param>
internal sealed record MemberClass(IReadOnlyList<(Expression Value, ulong Meets)> Variants, bool IsNamed = false)
{
    /// <summary>Whether some value exists, once expressions have been analyzed.</summary>
    public bool IsProductive => Variants.Any(variant => variant.Value.IsProductive);

    public int MinDepth => Variants.Count == 0 ? Expression.Unproductive : Variants.Min(variant => variant.Value.MinDepth);

    public bool CanMeet(ulong obligation) => Variants.Any(variant => (variant.Meets & obligation) != 0 && variant.Value.IsProductive);
}
