namespace InferServe.Grammar.Json;

/// <summary>Which members an object has so far.</summary>
/// <param name="Seen">Named classes that have occurred.</param>
/// <param name="Count">How many members there are, as far as bounds tell counts apart; 0 where there are no bounds.</param>
/// <param name="Met">Obligations that are met.</param>
/// <param name="Any">Whether there is any member.</param>
internal readonly record struct ObjectMembers(BitSet Seen, int Count, ulong Met, bool Any)
{
    public ObjectMembers With(ObjectExpression expression, int memberClass, ulong meets)
    {
        var rules = expression.Rules;
        var seen = expression.Classes[memberClass].IsNamed ? Seen.With(memberClass) : Seen;
        return new ObjectMembers(seen, Math.Min(Count + 1, rules.MaxMembers ?? rules.MinMembers), Met | meets, true);
    }
}
