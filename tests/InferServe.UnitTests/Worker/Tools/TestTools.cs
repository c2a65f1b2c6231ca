using System.Text.Json;
using InferServe.Worker.Tools;

namespace InferServe.UnitTests.Worker.Tools;

/// <summary>Functions for tests: a required string <c>a</c> and, at will, a whole number <c>n</c> and a boolean <c>b</c>.</summary>
internal static class TestTools
{
    private const string Schema = """
        {"type":"object","properties":{"a":{"type":"string"},"n":{"type":"integer"},"b":{"type":"boolean"}},"required":["a"],"additionalProperties":false}
        """;

    public static ToolGrammar Of(string name) => new(new ToolFunction(name, JsonElement.Parse(Schema), Strict: true), Schema);
}
