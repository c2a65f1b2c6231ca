using System.Text.Json;
using InferServe.Grammar;

namespace InferServe.Worker.Tools;

/// <summary>The grammar of calls as Python writes them. Arguments stand in the order of the schema.</summary>
internal static class PythonGrammar
{
    /// <summary><c>name(key=value, …)</c>.</summary>
    public static GrammarExpression Call(ToolGrammar function)
    {
        using var schema = JsonDocument.Parse(function.Arguments);
        var root = schema.RootElement;
        // From the last argument to the first: what may follow when none has been written yet, and when one has.
        var (first, rest) = (GrammarExpression.Literal(""), GrammarExpression.Literal(""));
        foreach (var (name, value, required) in TypedArguments.Properties(root).Reverse())
        {
            var argument = GrammarExpression.Sequence(GrammarExpression.Literal($"{name}="), Value(value, root));
            var begun = GrammarExpression.Sequence(argument, rest);
            first = required ? begun : GrammarExpression.Choice(begun, first);
            var next = GrammarExpression.Sequence(GrammarExpression.Literal(", "), argument);
            rest = GrammarExpression.Sequence(required ? next : GrammarExpression.Repeat(next, 0, 1), rest);
        }

        return GrammarExpression.Sequence(GrammarExpression.Literal($"{function.Name}("), first, GrammarExpression.Literal(")"));
    }

    private static GrammarExpression Value(JsonElement schema, JsonElement root) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("boolean")
            ? GrammarExpression.OneOf(["True", "False"])
            : GrammarExpression.Schema(TypedArguments.WithDefinitions(schema, root));
}
