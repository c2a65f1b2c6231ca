namespace InferServe.StandInWorker;

/// <summary>How the stand-in starts and lives: files in its model folder, looked at whenever it matters.</summary>
internal sealed class Behaviour(string folder)
{
    /// <summary><c>refuse.txt</c>: say this on the error stream and end.</summary>
    public string? RefusalToStart => Has("refuse.txt") ? File.ReadAllText(In("refuse.txt")) : null;

    /// <summary><c>loading</c>: not ready yet.</summary>
    public bool IsReady => !Has("loading");

    /// <summary><c>stubborn</c>: does not end when asked to.</summary>
    public bool IsStubborn => Has("stubborn");

    /// <summary><c>hang</c>: liveness checks get no answer from the process whose id the file holds.</summary>
    public Task HangWhenTold(CancellationToken cancellationToken)
        => IsMeant("hang") ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;

    /// <summary><c>lose</c>: the process whose id the file holds closes the connection of every request without a word.</summary>
    public bool LosesRequests => IsMeant("lose");

    /// <summary><c>break</c>: the process whose id the file holds breaks off every stream after two events.</summary>
    public bool BreaksStreams => IsMeant("break");

    /// <summary><c>release</c>: requests that wait for it are answered.</summary>
    public async Task ReleasedAsync(CancellationToken cancellationToken)
    {
        while (!Has("release"))
        {
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Leaves a note for the test.</summary>
    public void Note(string name) => File.WriteAllText(In(name), "");

    private bool IsMeant(string name) => Has(name) && string.Equals(File.ReadAllText(In(name)), $"{Environment.ProcessId}", StringComparison.Ordinal);

    private bool Has(string name) => File.Exists(In(name));

    private string In(string name) => Path.Combine(folder, name);
}
