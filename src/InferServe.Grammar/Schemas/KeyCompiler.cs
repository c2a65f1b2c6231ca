using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Json;
using InferServe.Grammar.Schemas.Unfolding;

namespace InferServe.Grammar.Schemas;

/// <summary>The keys that fulfil a schema, as <c>propertyNames</c> asks for.</summary>
internal sealed class KeyCompiler(GoalUnfolder unfolder, StringCompiler strings, CompileBudget budget)
{
    private readonly Dictionary<int, Dfa> _known = [];

    /// <summary>The automaton of bodies in <see cref="Patterns.TextForm.JsonString"/>.</summary>
    public Dfa Compile(SchemaNode schema)
    {
        if (_known.TryGetValue(schema.Id, out var known))
        {
            return known;
        }

        Dfa? result = null;
        foreach (var alternative in unfolder.Unfold(new Goal([new Literal(schema, true)])).Where(alternative => (alternative.Types & JsonTypes.String) != 0))
        {
            var body = strings.CompileBody(alternative.String);
            result = result is null ? body : DfaProduct.Union(result, body, budget);
        }

        result ??= DfaProduct.Difference(JsonStrings.CanonicalBody, JsonStrings.CanonicalBody, budget);
        _known.Add(schema.Id, result);
        return result;
    }
}
