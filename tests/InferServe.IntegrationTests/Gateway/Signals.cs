using System.Diagnostics;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>Sends signals to processes that a test started.</summary>
internal static class Signals
{
    /// <param name="name">Such as <c>KILL</c>, <c>STOP</c>, <c>HUP</c>.</param>
    /// <param name="processId">The process.</param>
    public static void Send(string name, int processId)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{processId}"]);
        kill.WaitForExit();
    }
}
