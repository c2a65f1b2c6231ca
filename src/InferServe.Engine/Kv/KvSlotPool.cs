namespace InferServe.Engine.Kv;

/// <summary>
/// Hands out the runner's rows. The invariant, true whenever <see cref="Compact"/> has returned:
/// <code>
///   row   0 …      First …                          End …
///         (free)   decoding, decoding, decoding      (free)
///                  └── at most one of the two outermost rows is still prefilling
/// </code>
/// A new slot is taken next to the used rows, so a prompt that is complete joins the decode rows where it is, without a copy.
/// Slots leave by <see cref="Free"/>, which may make holes; <see cref="Compact"/> closes them with at most one copy for each slot that left.
/// </summary>
internal sealed class KvSlotPool
{
    private readonly KvSlot?[] _slots;
    private readonly int[] _lengths;
    private int _first;
    private int _end;

    public KvSlotPool(int rows)
    {
        _slots = new KvSlot?[rows];
        _lengths = new int[rows];
    }

    /// <summary>Number of slots in use.</summary>
    public int Used { get; private set; }

    /// <summary>The slot that has a row, or null; any row may be asked for.</summary>
    public KvSlot? this[int row] => (uint)row < (uint)_slots.Length ? _slots[row] : null;

    /// <summary>True when <see cref="Allocate"/> has a row to give.</summary>
    public bool CanAllocate => _first > 0 || _end < _slots.Length;

    /// <summary>Takes the free row next to the used ones, on the low side while there is one.</summary>
    public KvSlot Allocate()
    {
        int row = _first > 0 ? --_first : _end++;
        Used++;
        return _slots[row] = new KvSlot(row);
    }

    /// <summary>Gives a slot's row back.</summary>
    public void Free(KvSlot slot)
    {
        _slots[slot.Row] = null;
        Used--;
    }

    /// <summary>Closes the holes that freed slots left behind and gives every moved slot its new row.</summary>
    /// <param name="prefilling">The one slot whose prompt is not complete, or null; it stays where it is, at an end.</param>
    /// <returns>The copies that the runner must do before it runs again.</returns>
    public IReadOnlyList<RowMove> Compact(KvSlot? prefilling)
    {
        if (Used == 0)
        {
            (_first, _end) = (0, 0);
            return [];
        }

        if (Used == _end - _first)
        {
            return [];
        }

        Span<int> lengths = _lengths.AsSpan(0, _end - _first);
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = _slots[_first + i]?.Length ?? RowCompaction.Hole;
        }

        int window = RowCompaction.ChooseWindow(lengths, prefilling is null ? -1 : prefilling.Row - _first);
        List<RowMove> moves = RowCompaction.Moves(lengths, window);
        for (int i = 0; i < moves.Count; i++)
        {
            moves[i] = Move(moves[i]);
        }

        (_first, _end) = (_first + window, _first + window + Used);
        return moves;
    }

    private RowMove Move(RowMove relative)
    {
        RowMove move = relative with { Source = relative.Source + _first, Destination = relative.Destination + _first };
        KvSlot slot = _slots[move.Source]!;
        (_slots[move.Source], _slots[move.Destination]) = (null, slot);
        slot.Row = move.Destination;
        return move;
    }
}
