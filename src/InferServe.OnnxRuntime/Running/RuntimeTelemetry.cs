using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>
/// Turns ONNX Runtime's telemetry off. The official builds send facts about models, runs and the machine to their maker unless they are told
/// otherwise, and write an identifier of the machine into the user's cache folder as soon as the environment is created.
/// </summary>
public static partial class RuntimeTelemetry
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> IsOff = new(() =>
    {
        // 1. What the native library reads when it starts. On Unix .NET's own setter changes a copy that native code does not see.
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(Switch, "1");
        }
        else
        {
            _ = SetVariable(Switch, "1", overwrite: 1);
        }

        // 2. The switch of its interface, which builds for Windows know.
        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    });

    /// <summary>To be called before anything else of ONNX Runtime is used; calls after the first do nothing.</summary>
    public static void TurnOff() => _ = IsOff.Value;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
