namespace InferServe.IntegrationTests.Worker;

internal static class Requests
{
    /// <summary>A stream that goes on long after a test has acted: the model's end-of-text does not end it.</summary>
    public const string Long = """
        {"model":"inferserve-nano","prompt":"The capital of France is","ignore_eos":true,"max_tokens":1500,"stream":true}
        """;

    public static string Chat(string question, string more = "") => $$"""
        {"model":"inferserve-nano","messages":[{"role":"user","content":"{{question}}"}],"temperature":0{{more}}}
        """;
}
