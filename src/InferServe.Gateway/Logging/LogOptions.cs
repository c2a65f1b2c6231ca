namespace InferServe.Gateway.Logging;

/// <summary>How the log looks and how much it says of requests.</summary>
internal sealed class LogOptions
{
    public const string Section = "Log";

    /// <summary>Lines for people, or a JSON object in each line, with every value of the entry by its name. Default text.</summary>
    public LogFormat Format { get; set; }

    /// <summary>Whether each request is an entry. Default false.</summary>
    public bool Requests { get; set; }
}

/// <summary>The form of a log entry.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
