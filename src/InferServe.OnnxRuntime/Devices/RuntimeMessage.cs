using System.Text.RegularExpressions;

namespace InferServe.OnnxRuntime.Devices;

/// <summary>Messages of ONNX Runtime for people: without error codes and places in its source.</summary>
internal static partial class RuntimeMessage
{
    private const int LongestMessage = 500;

    /// <summary>What is left of a message behind its codes, in one line.</summary>
    public static string Clean(string message)
    {
        string line = Spaces().Replace(message, " ").Trim();
        var codes = Codes().Matches(line);
        string text = codes.Count > 0 ? line[(codes[^1].Index + codes[^1].Length)..] : line;
        text = text.Trim().TrimEnd('.');
        return text.Length <= LongestMessage ? text : text[..LongestMessage] + "…";
    }

    // "[ErrorCode:Fail] ", "/onnxruntime_src/…/provider_bridge_ort.cc:1234 onnxruntime::…() ", "[ONNXRuntimeError] : 1 : FAIL : "
    [GeneratedRegex(@"\[ErrorCode:\w+\]\s*|\[ONNXRuntimeError\] : \d+ : \w+ : |\S+\.(?:cc|h):\d+ [^()]*\([^)]*\)(?: const)?\s*")]
    private static partial Regex Codes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
