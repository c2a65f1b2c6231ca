namespace InferServe.Gateway.Quotas;

/// <summary>
/// Counts what happened in the last 60 seconds, in cells of one second. A cell counts until it lies wholly outside of them, so that no 60
/// seconds ever hold more than was allowed. Not thread-safe.
/// </summary>
internal sealed class MinuteWindow
{
    /// <summary>Seconds from a cell's beginning until it no longer counts: 60 after its end.</summary>
    internal const int CellLife = 61;

    private readonly long[] _amounts = new long[CellLife];
    private readonly long[] _seconds = new long[CellLife];
    private long _latest;

    /// <summary>What the window holds.</summary>
    /// <param name="second">Seconds since 1970, now.</param>
    public long Used(long second)
    {
        second = Forward(second);
        var used = 0L;
        for (var index = 0; index < CellLife; index++)
        {
            used += Counts(index, second) ? _amounts[index] : 0;
        }

        return used;
    }

    public void Add(long second, long amount)
    {
        second = Forward(second);
        var index = (int)(second % CellLife);
        if (_seconds[index] != second)
        {
            _seconds[index] = second;
            _amounts[index] = 0;
        }

        _amounts[index] += amount;
    }

    /// <summary>The second from which the window holds at most <paramref name="most"/>, if nothing more is added; now, when it does already.</summary>
    public long SecondWithAtMost(long second, long most)
    {
        second = Forward(second);
        var used = Used(second);
        foreach (var index in Enumerable.Range(0, CellLife).Where(cell => Counts(cell, second)).OrderBy(cell => _seconds[cell]))
        {
            if (used <= most)
            {
                break;
            }

            used -= _amounts[index];
            second = Math.Max(second, _seconds[index] + CellLife);
        }

        return second;
    }

    /// <summary>The cells that count, by their second.</summary>
    public IEnumerable<(long Second, long Amount)> Cells(long second)
    {
        second = Forward(second);
        return Enumerable.Range(0, CellLife)
            .Where(index => Counts(index, second) && _amounts[index] != 0)
            .Select(index => (_seconds[index], _amounts[index]))
            .ToList();
    }

    private bool Counts(int index, long second) => _amounts[index] != 0 && _seconds[index] > second - CellLife;

    /// <summary>A clock that is set back does not open the window early, nor keep it closed for longer than a window.</summary>
    private long Forward(long second)
    {
        if (_latest - second > CellLife)
        {
            var used = Enumerable.Range(0, CellLife).Where(index => Counts(index, _latest)).Sum(index => _amounts[index]);
            Array.Clear(_amounts);
            (_seconds[second % CellLife], _amounts[second % CellLife], _latest) = (second, used, second);
        }

        return _latest = Math.Max(_latest, second);
    }
}
