using System.Diagnostics;

namespace InferServe.IntegrationTests.Serving;

/// <summary>Runs the tests of <c>tests/clients</c>: JavaScript packages that applications use, against the whole server.</summary>
public sealed class ClientPackageTests(ServerFixture server, OneRowServerFixture busy) : IClassFixture<ServerFixture>, IClassFixture<OneRowServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(ClientPackagesTheoryAttribute.Folder, "*.test.mjs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [ClientPackagesTheory]
    [MemberData(nameof(Files))]
    public async Task Node_TestFile_Passes(string file)
    {
        var (exitCode, output) = await RunAsync(file);

        Assert.True(exitCode == 0, output);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string file)
    {
        var start = new ProcessStartInfo("node", ["--test", file])
        {
            WorkingDirectory = ClientPackagesTheoryAttribute.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["INFERSERVE_URL"] = server.Gateway.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        start.Environment["INFERSERVE_BUSY_URL"] = busy.Gateway.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        start.Environment["INFERSERVE_MODEL"] = ServerFixture.Model;
        using Process node = Process.Start(start)!;
        using var impatience = new CancellationTokenSource(Patience);
        try
        {
            Task<string> output = node.StandardOutput.ReadToEndAsync(impatience.Token);
            Task<string> errors = node.StandardError.ReadToEndAsync(impatience.Token);
            await node.WaitForExitAsync(impatience.Token);
            return (node.ExitCode, await output + await errors);
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }
}
