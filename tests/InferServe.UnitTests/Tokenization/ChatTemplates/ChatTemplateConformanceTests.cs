using System.Text.Json.Nodes;
using InferServe.Tokenization.ChatTemplates;
using InferServe.UnitTests.Support;
using Microsoft.Extensions.Time.Testing;

namespace InferServe.UnitTests.Tokenization.ChatTemplates;

/// <summary>Real chat templates against what Jinja2 renders.</summary>
public class ChatTemplateConformanceTests
{
    public static TheoryData<string> Templates => [.. ConformanceData.FoldersIn("chat-templates")];

    public static TheoryData<string> TemplatesWithRuntimeErrors =>
    [
        .. ConformanceData.FoldersIn("chat-templates").Where(name => ConformanceData.FilesIn("chat-templates", name).Contains("runtime-errors.json")),
    ];

    [ConformanceTheory]
    [MemberData(nameof(Templates))]
    public void Render_Goldens_GivesTheirPromptOrMessage(string name) => AssertAll(name, "goldens.json", (template, golden) =>
    {
        try
        {
            return template.Render(VariablesOf(golden), Clock) == (string?)golden["expected"];
        }
        catch (TemplateRaisedException e)
        {
            return e.Message == (string?)golden["error"];
        }
    });

    [ConformanceTheory]
    [MemberData(nameof(TemplatesWithRuntimeErrors))]
    public void Render_WhatTheReferenceFailsOn_FailsWithItsWords(string name) => AssertAll(name, "runtime-errors.json", (template, golden) =>
    {
        try
        {
            template.Render(VariablesOf(golden), Clock);
            return false;
        }
        catch (TemplateException e)
        {
            return e is not (TemplateRaisedException or TemplateLimitException) && e.Line > 0 && e.Reason == (string?)golden["error"];
        }
    });

    private static FakeTimeProvider Clock => new(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    private static void AssertAll(string name, string file, Func<ChatTemplate, JsonObject, bool> holds)
    {
        ChatTemplate template = ChatTemplate.Parse(File.ReadAllText(ConformanceData.PathOf("chat-templates", name, "template.jinja")));
        JsonArray goldens = JsonNode.Parse(File.ReadAllText(ConformanceData.PathOf("chat-templates", name, file)))!.AsArray();
        List<string> failures = [];
        foreach (JsonObject golden in goldens.Select(node => node!.AsObject()))
        {
            try
            {
                if (!holds(template, golden))
                {
                    failures.Add($"{golden["name"]}: differs");
                }
            }
            catch (TemplateException e)
            {
                failures.Add($"{golden["name"]}: {e.Message}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {goldens.Count} fail:\n{string.Join('\n', failures)}");
    }

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
