namespace InferServe.IntegrationTests.Worker;

internal static class Requests
{
    /// <summary>How many answers <see cref="Long"/> asks for.</summary>
    public const int Answers = 12;

    /// <summary>
    /// A stream that goes on long after a test has acted: the model's end-of-text does not end it, a seed keeps it from being drafted, and where
    /// there are fewer rows than answers these wait for one another. Each answer is shorter than the lag that the engine allows a reader, so that
    /// the stream is whole however late it is read.
    /// </summary>
    public const string Long = """
        {"model":"inferserve-nano","prompt":"The capital of France is","ignore_eos":true,"max_tokens":1000,"temperature":2,"seed":7,"n":12,"stream":true}
        """;

    /// <summary>A stream of a few tokens.</summary>
    public const string Short = """
        {"model":"inferserve-nano","prompt":"The capital of France is","max_tokens":8,"stream":true}
        """;

    /// <summary>How many answers <see cref="LongMany"/> asks for.</summary>
    public const int Many = 64;

    /// <summary>The same with more answers than there are rows, so that most of them wait for others.</summary>
    public const string LongMany = """
        {"model":"inferserve-nano","prompt":"The capital of France is","ignore_eos":true,"max_tokens":1900,"temperature":2,"seed":7,"n":64,"stream":true}
        """;

    public static string Chat(string question, string more = "") => $$"""
        {"model":"inferserve-nano","messages":[{"role":"user","content":"{{question}}"}],"temperature":0{{more}}}
        """;
}
