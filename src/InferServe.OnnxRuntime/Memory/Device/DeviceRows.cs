namespace InferServe.OnnxRuntime.Memory.Device;

/// <summary>How many rows a device's memory gets.</summary>
internal static class DeviceRows
{
    /// <param name="budget">Bytes of all rows together; null for no bound.</param>
    /// <param name="rowBytes">Bytes of one row.</param>
    /// <param name="wanted">The most rows.</param>
    /// <param name="beside">Rows that are needed beside them.</param>
    /// <exception cref="InsufficientMemoryException">Not one row fits.</exception>
    public static int Fit(long? budget, long rowBytes, int wanted, int beside)
    {
        if (budget is not { } bytes)
        {
            return wanted;
        }

        long rows = Math.Min(wanted, (bytes / rowBytes) - beside);
        return rows >= 1
            ? (int)rows
            : throw new InsufficientMemoryException(
                $"keys and values of one sequence and {beside} rows beside it take {(beside + 1) * rowBytes} bytes of the device's memory, "
                    + $"the budget has {bytes}; a shorter context takes less");
    }
}
