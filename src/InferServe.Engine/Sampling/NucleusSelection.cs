namespace InferServe.Engine.Sampling;

/// <summary>
/// The smallest set of largest weights that reaches a given mass, without sorting: a quickselect that descends into the part where
/// the mass is reached. Order of candidates: larger weight first, of equal weights the lower index first.
/// </summary>
internal static class NucleusSelection
{
    /// <summary>Finds the last candidate of the set.</summary>
    /// <param name="weights">The weights, at least one, none NaN.</param>
    /// <param name="order">Scratch, as long as <paramref name="weights"/>.</param>
    /// <param name="mass">The mass to reach, above 0; when all weights together do not reach it, the set is everything.</param>
    /// <returns>Index of the last candidate; the set is this one and all that come before it in the order.</returns>
    public static int LastKept(ReadOnlySpan<float> weights, Span<int> order, double mass)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        // Candidates in order[..low] belong to the set and weigh (mass at entry − mass); those in order[high..] do not.
        int low = 0;
        int high = order.Length;
        while (low < high)
        {
            int pivot = Partition(weights, order[low..high]) + low;
            double before = 0;
            foreach (int candidate in order[low..pivot])
            {
                before += weights[candidate];
            }

            double through = before + weights[order[pivot]];
            if (before >= mass)
            {
                high = pivot;
            }
            else if (through >= mass)
            {
                return order[pivot];
            }
            else
            {
                mass -= through;
                low = pivot + 1;
            }
        }

        // Everything is kept, or rounding hid that the last pivot reaches the mass; either way order[low − 1] is the last kept one.
        return order[Math.Max(low - 1, 0)];
    }

    /// <summary>True when candidate <paramref name="a"/> comes before candidate <paramref name="b"/>.</summary>
    public static bool Precedes(ReadOnlySpan<float> weights, int a, int b) =>
        weights[a] > weights[b] || (weights[a] == weights[b] && a < b);

    /// <summary>Puts what precedes a pivot before it and the rest behind it; returns the pivot's place.</summary>
    private static int Partition(ReadOnlySpan<float> weights, Span<int> order)
    {
        int last = order.Length - 1;
        MedianToEnd(weights, order);
        int pivot = order[last];
        int place = 0;
        for (int i = 0; i < last; i++)
        {
            if (Precedes(weights, order[i], pivot))
            {
                (order[i], order[place]) = (order[place], order[i]);
                place++;
            }
        }

        (order[last], order[place]) = (order[place], order[last]);
        return place;
    }

    /// <summary>Moves the median of the first, middle and last candidate to the end, so that ordered input splits in halves.</summary>
    private static void MedianToEnd(ReadOnlySpan<float> weights, Span<int> order)
    {
        int middle = order.Length / 2;
        int last = order.Length - 1;
        bool firstBeforeMiddle = Precedes(weights, order[0], order[middle]);
        bool firstBeforeLast = Precedes(weights, order[0], order[last]);
        bool middleBeforeLast = Precedes(weights, order[middle], order[last]);
        int median = firstBeforeMiddle != firstBeforeLast ? 0 : firstBeforeMiddle == middleBeforeLast ? middle : last;
        (order[median], order[last]) = (order[last], order[median]);
    }
}
