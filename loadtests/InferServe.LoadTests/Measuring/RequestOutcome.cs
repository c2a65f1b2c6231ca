namespace InferServe.LoadTests.Measuring;

/// <summary>How a request ended.</summary>
internal enum RequestOutcome
{
    /// <summary>The answer is whole.</summary>
    Completed,

    /// <summary>The client went away as planned.</summary>
    Aborted,

    /// <summary>Anything else; the record names the error.</summary>
    Failed,
}
