using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace InferServe.IntegrationTests.Devices;

/// <summary>How much memory is in use where the test's device computes.</summary>
internal static partial class DeviceMemory
{
    /// <summary>Bytes: what NVIDIA's tool says of its first GPU, where there is one; else those of this process, which a software device shares.</summary>
    public static long BytesInUse()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (!File.Exists("/usr/bin/nvidia-smi"))
        {
            // A software device takes its buffers from the C library, which keeps what is given back for later.
            _ = Trim(0);
            return Environment.WorkingSet;
        }

        using var tool = Process.Start(new ProcessStartInfo("/usr/bin/nvidia-smi", ["--query-gpu=memory.used", "--format=csv,noheader,nounits"])
        {
            RedirectStandardOutput = true,
        })!;
        string first = tool.StandardOutput.ReadToEnd().Split('\n')[0];
        tool.WaitForExit();
        return long.Parse(first, CultureInfo.InvariantCulture) << 20;
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
