using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Serving;

/// <summary>A theory that runs JavaScript packages: skipped with a reason when they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClientPackagesTheoryAttribute : TheoryAttribute
{
    public ClientPackagesTheoryAttribute()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            Skip = "The JavaScript packages are not installed: npm ci --prefix tests/clients";
        }
    }

    /// <summary>Where the tests and their packages lie.</summary>
    public static string Folder => Path.Combine(Programs.Root, "tests", "clients");
}
