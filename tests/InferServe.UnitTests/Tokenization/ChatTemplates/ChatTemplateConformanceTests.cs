using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using InferServe.Tokenization.ChatTemplates;
using InferServe.UnitTests.Support;
using Microsoft.Extensions.Time.Testing;

namespace InferServe.UnitTests.Tokenization.ChatTemplates;

/// <summary>Real chat templates against what Jinja2 renders.</summary>
public class ChatTemplateConformanceTests
{
    private static readonly ConcurrentDictionary<(string Template, string File), JsonArray> Files = new();
    private static readonly ConcurrentDictionary<string, ChatTemplate> Templates = new();

    /// <summary>Template, number and name of every golden.</summary>
    public static TheoryData<string, int, string> Goldens => CasesOf("goldens.json");

    public static TheoryData<string, int, string> RuntimeErrors => CasesOf("runtime-errors.json");

    [ConformanceTheory]
    [MemberData(nameof(Goldens))]
    public void Render_Golden_GivesItsPromptOrMessage(string template, int index, string name)
    {
        JsonObject golden = Case(template, "goldens.json", index);
        Assert.Equal(name, (string?)golden["name"]);

        if ((string?)golden["expected"] is { } expected)
        {
            Assert.Equal(expected, Parse(template).Render(VariablesOf(golden), Clock));
        }
        else
        {
            Assert.Equal((string?)golden["error"], Assert.Throws<TemplateRaisedException>(() => Parse(template).Render(VariablesOf(golden), Clock)).Message);
        }
    }

    [ConformanceTheory]
    [MemberData(nameof(RuntimeErrors))]
    public void Render_WhatTheReferenceFailsOn_FailsWithItsWords(string template, int index, string name)
    {
        JsonObject golden = Case(template, "runtime-errors.json", index);
        Assert.Equal(name, (string?)golden["name"]);

        TemplateException exception = Assert.Throws<TemplateException>(() => Parse(template).Render(VariablesOf(golden), Clock));

        Assert.Equal((string?)golden["error"], exception.Reason);
        Assert.True(exception.Line > 0);
    }

    private static FakeTimeProvider Clock => new(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    private static TheoryData<string, int, string> CasesOf(string file)
    {
        var cases = new TheoryData<string, int, string>();
        foreach (string template in ConformanceData.FoldersIn("chat-templates").Where(name => ConformanceData.FilesIn("chat-templates", name).Contains(file)))
        {
            foreach ((int index, JsonNode? golden) in Cases(template, file).Index())
            {
                cases.Add(template, index, (string)golden!["name"]!);
            }
        }

        return cases;
    }

    private static JsonArray Cases(string template, string file) => Files.GetOrAdd(
        (template, file), static key => JsonNode.Parse(File.ReadAllText(ConformanceData.PathOf("chat-templates", key.Template, key.File)))!.AsArray());

    private static JsonObject Case(string template, string file, int index) => Cases(template, file)[index]!.AsObject();

    private static ChatTemplate Parse(string template) => Templates.GetOrAdd(
        template, static name => ChatTemplate.Parse(File.ReadAllText(ConformanceData.PathOf("chat-templates", name, "template.jinja"))));

    private static JsonObject VariablesOf(JsonObject golden)
    {
        var variables = new JsonObject
        {
            ["messages"] = golden["messages"]?.DeepClone(),
            ["tools"] = golden["tools"]?.DeepClone(),
            ["documents"] = null,
            ["add_generation_prompt"] = golden["add_generation_prompt"]?.DeepClone(),
        };
        foreach (string token in new[] { "bos_token", "eos_token" })
        {
            if (golden[token] is { } value)
            {
                variables[token] = value.DeepClone();
            }
        }

        foreach ((string key, JsonNode? value) in golden["extra"]!.AsObject())
        {
            variables[key] = value?.DeepClone();
        }

        return variables;
    }
}
