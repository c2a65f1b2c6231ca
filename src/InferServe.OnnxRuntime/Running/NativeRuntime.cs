using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>Another native library of ONNX Runtime than the package's, for example one with other execution providers.</summary>
public static class NativeRuntime
{
    private const string LibraryName = "onnxruntime";

    /// <summary>Uses a library. To be called once, before anything else of ONNX Runtime is used.</summary>
    /// <param name="path">The file; its interface must be that of the package's version.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">A library is in use already.</exception>
    public static void Use(string path)
    {
        string library = Path.GetFullPath(path);
        if (!File.Exists(library))
        {
            throw new FileNotFoundException($"the runtime library '{library}' does not exist", library);
        }

        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, (string name, Assembly _, DllImportSearchPath? _) =>
            Path.GetFileNameWithoutExtension(name).EndsWith(LibraryName, StringComparison.Ordinal) ? NativeLibrary.Load(library) : 0);
    }
}
