namespace InferServe.LoadTests.Commands;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCodes
{
    /// <summary>The run is done and every objective is met.</summary>
    public const int Ok = 0;

    /// <summary>The run is done and an objective is missed.</summary>
    public const int ObjectivesMissed = 1;

    /// <summary>There is no result: wrong usage, a mistake in a scenario, a server that does not answer, an interruption.</summary>
    public const int NoResult = 2;
}
