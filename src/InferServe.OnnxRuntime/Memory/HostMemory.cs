using System.Runtime.InteropServices;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>
/// Page-aligned memory outside the garbage collector's heap. On Linux it is only reserved: a page takes memory when it is
/// first written, so generous reservations are free. Its contents start as zeros there and are undefined elsewhere.
/// </summary>
internal sealed partial class HostMemory : SafeHandle
{
    private const int PageSize = 4096;
    private const int ReadWrite = 0x1 | 0x2;
    private const int PrivateAnonymousNoReserve = 0x2 | 0x20 | 0x4000;
    private const int DontNeed = 4;

    private HostMemory(nint pointer, long bytes)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        SetHandle(pointer);
        Bytes = bytes;
    }

    public long Bytes { get; }

    public nint Pointer => handle;

    public override bool IsInvalid => handle == 0;

    /// <exception cref="InsufficientMemoryException">The operating system refuses.</exception>
    public static unsafe HostMemory Reserve(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        if (!OperatingSystem.IsLinux())
        {
            return new HostMemory((nint)NativeMemory.AlignedAlloc((nuint)bytes, PageSize), bytes);
        }

        nint pointer = Map(0, (nuint)bytes, ReadWrite, PrivateAnonymousNoReserve, -1, 0);
        return pointer != -1
            ? new HostMemory(pointer, bytes)
            : throw new InsufficientMemoryException(
                $"Reserving {bytes} bytes failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
    }

    /// <summary>Gives the whole pages of a range back to the operating system, where it can; the range's contents are undefined afterwards.</summary>
    public void Discard(long offset, long bytes)
    {
        long page = Environment.SystemPageSize;
        long first = (offset + page - 1) / page * page;
        long end = (offset + bytes) / page * page;
        if (OperatingSystem.IsLinux() && end > first)
        {
            // Only advice: where it fails the pages simply stay.
            _ = Advise(handle + (nint)first, (nuint)(end - first), DontNeed);
        }
    }

    protected override unsafe bool ReleaseHandle()
    {
        if (OperatingSystem.IsLinux())
        {
            return Unmap(handle, (nuint)Bytes) == 0;
        }

        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
