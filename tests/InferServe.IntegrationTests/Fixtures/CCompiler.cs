using System.ComponentModel;
using System.Diagnostics;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Fixtures;

/// <summary>The machine's C compiler, for libraries of <c>tests/fixtures</c>.</summary>
internal static class CCompiler
{
    private const string Name = "cc";

    /// <summary>Why nothing can be compiled here; null when it can.</summary>
    public static readonly string? Missing = IsThere() ? null : $"There is no C compiler ({Name}).";

    /// <summary>Compiles one file into a shared library.</summary>
    /// <param name="source">The file, relative to <c>tests/fixtures</c>.</param>
    /// <param name="library">Where the library goes.</param>
    /// <param name="options">Further options of the compiler.</param>
    public static void BuildLibrary(string source, string library, params string[] options)
    {
        var (exitCode, output) = Run(["-shared", "-fPIC", .. options, Path.Combine(Programs.Root, "tests", "fixtures", source), "-o", library]);
        Assert.True(exitCode == 0, output);
    }

    private static bool IsThere()
    {
        try
        {
            return Run(["--version"]).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output) Run(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Name, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}

/// <summary>A test that needs <see cref="CCompiler"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = CCompiler.Missing;
}
