using System.Text.Json.Nodes;
using InferServe.Tokenization.ChatTemplates;
using Microsoft.Extensions.Time.Testing;

namespace InferServe.UnitTests.Tokenization.ChatTemplates;

/// <summary>Renders small templates with a fixed set of variables.</summary>
internal static class Rendering
{
    private const string Variables = """
        {
          "d": {"b": 1, "a": [1, 2, {"x": null}], "C": "z"},
          "l": [3, 1, 2],
          "s": "Hello wörld 😀 it's",
          "n": null,
          "t": true,
          "f": 1.5,
          "e": 1e20,
          "big": 123456789012345678901234567890,
          "ms": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "yo", "k": 1}, {"role": "User", "content": "x"}],
          "z": "",
          "o": 0,
          "words": ["b", "A", "a", "B"],
          "fl": [1.0, 0.1, 1e16, 1e-5, 123456789.123, -0.0, 1e15, 5e-324]
        }
        """;

    public static FakeTimeProvider Clock => new(new DateTimeOffset(2026, 1, 5, 14, 3, 9, TimeSpan.Zero));

    public static string Render(string template, TemplateLimits? limits = null) =>
        ChatTemplate.Parse(template, limits).Render(JsonNode.Parse(Variables)!.AsObject(), Clock);

    public static TemplateException Failure(string template, TemplateLimits? limits = null) =>
        Assert.ThrowsAny<TemplateException>(() => Render(template, limits));
}
