namespace InferServe.Worker.Hosting;

/// <summary>Exit codes of the process; the reason is on the standard error stream.</summary>
internal static class ExitCodes
{
    /// <summary>The configuration violates a rule; starting again cannot help.</summary>
    public const int BadConfiguration = 2;

    /// <summary>The model folder cannot be served; starting again without a change of it will not help.</summary>
    public const int ModelLoadFailed = 3;

    /// <summary>The address cannot be listened on.</summary>
    public const int ListenFailed = 4;
}
