using System.Numerics;
using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Json;

/// <summary>A JSON array. Its states are the number of elements, as far as they are told apart, and the obligations met.</summary>
internal sealed class ArrayExpression : Expression
{
    private readonly Dictionary<ArrayElements, ArrayProgress> _progress = [];
    private readonly IReadOnlyList<MemberClass> _prefix;
    private readonly MemberClass _rest;
    private readonly int _lastCount;

    /// <param name="prefix">The elements at the first places.</param>
    /// <param name="rest">All further elements.</param>
    /// <param name="min">Fewest elements.</param>
    /// <param name="max">Most elements.</param>
    /// <param name="obligations">How many kinds of elements must occur at least once; see <see cref="MemberClass.Variants"/>.</param>
    /// <param name="layout">White space.</param>
    public ArrayExpression(IReadOnlyList<MemberClass> prefix, MemberClass rest, int min, int? max, int obligations, JsonLayout layout)
    {
        _prefix = prefix;
        _rest = rest;
        Min = min;
        Max = max;
        AllObligations = (1UL << obligations) - 1;
        Layout = layout;
        _lastCount = max ?? Math.Max(prefix.Count, min);
    }

    public int Min { get; }

    public int? Max { get; }

    public ulong AllObligations { get; }

    public JsonLayout Layout { get; }

    public override IEnumerable<Expression> Parts =>
        _prefix.Append(_rest).SelectMany(element => element.Variants.Select(variant => variant.Value)).Append(Layout.ArrayOpen);

    public MemberClass ElementAt(int index) => index < _prefix.Count ? _prefix[index] : _rest;

    public ArrayElements Add(ArrayElements elements, ulong meets) =>
        new(Math.Min(elements.Count + 1, Math.Max(_lastCount, 1)), elements.Met | meets);

    public override int ComputeMinDepth()
    {
        if (!CanComplete(default))
        {
            return Unproductive;
        }

        var depth = 0;
        for (var index = 0; index < Min && index <= _prefix.Count; index++)
        {
            depth = Math.Max(depth, ElementAt(index).MinDepth);
        }

        for (var rest = AllObligations; rest != 0; rest &= rest - 1)
        {
            var bit = rest & (~rest + 1);
            depth = Math.Max(depth, _prefix.Append(_rest).SelectMany(element => element.Variants)
                .Where(variant => (variant.Meets & bit) != 0).Select(variant => variant.Value.MinDepth).DefaultIfEmpty(Unproductive).Min());
        }

        return depth >= Unproductive - 2 ? Unproductive : depth + 2;
    }

    public override bool ComputeIsNullable() => false;

    public override void Enter(Continuation continuation, StateBuilder builder)
    {
        if (IsProductive)
        {
            builder.Enter(Layout.ArrayOpen, builder.Push(ProgressOf(default), continuation));
        }
    }

    public override void ClearCaches() => _progress.Clear();

    public ArrayProgress ProgressOf(ArrayElements elements)
    {
        if (!_progress.TryGetValue(elements, out var progress))
        {
            _progress.Add(elements, progress = new ArrayProgress(this, elements));
        }

        return progress;
    }

    public bool CanEnd(ArrayElements elements) => elements.Count >= Min && elements.Met == AllObligations;

    /// <summary>Whether some further elements complete the array.</summary>
    public bool CanComplete(ArrayElements elements)
    {
        var most = Max ?? int.MaxValue;
        var index = elements.Count;
        if (elements.Met == AllObligations)
        {
            return CanReachMin(index, most);
        }

        // 1. Every combination of obligations that elements of the prefix can leave unmet; the array may end on the way.
        var open = new HashSet<ulong> { AllObligations & ~elements.Met };
        for (; index < _prefix.Count && index < most; index++)
        {
            if (index >= Min && open.Contains(0))
            {
                return true;
            }

            open = After(open, _prefix[index]);
        }

        // 2. Beyond the prefix all places are alike. As many elements as there are obligations meet whatever can be met.
        var places = Math.Min(Math.Max(Min - index, BitOperations.PopCount(AllObligations)), most - index);
        for (var place = 0; place < Math.Min(places, BitOperations.PopCount(AllObligations) + 1); place++)
        {
            if (index + place >= Min && open.Contains(0))
            {
                return true;
            }

            open = After(open, _rest);
        }

        return places >= Min - index && open.Contains(0);
    }

    private bool CanReachMin(int index, int most)
    {
        for (; index < Min && index < _prefix.Count; index++)
        {
            if (!_prefix[index].IsProductive)
            {
                return false;
            }
        }

        return Min <= most && (index >= Min || _rest.IsProductive);
    }

    private static HashSet<ulong> After(HashSet<ulong> open, MemberClass element) =>
        [.. from variant in element.Variants where variant.Value.IsProductive from unmet in open select unmet & ~variant.Meets];
}
