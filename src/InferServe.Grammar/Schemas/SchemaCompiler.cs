using System.Text;
using System.Text.Json;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Json;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Numbers;
using InferServe.Grammar.Patterns;
using InferServe.Grammar.Schemas.Unfolding;

namespace InferServe.Grammar.Schemas;

/// <summary>
/// Turns a JSON Schema into a grammar. Each goal that the document leads to becomes one rule; goals are worked off a queue, so that
/// recursion of the schema is recursion of rules.
/// </summary>
internal sealed class SchemaCompiler
{
    private readonly CompileBudget _budget;
    private readonly SchemaReader _reader;
    private readonly GoalUnfolder _unfolder;
    private readonly StringCompiler _strings;
    private readonly ObjectCompiler _objects;
    private readonly ArrayCompiler _arrays;
    private readonly Dictionary<Goal, RuleExpression> _rules = [];
    private readonly Queue<(Goal Goal, RuleExpression Rule)> _open = new();
    private readonly Dictionary<string, DfaTerminal> _numbers = [];

    private SchemaCompiler(JsonElement document, JsonLayout layout, CompileBudget budget)
    {
        _budget = budget;
        _reader = new SchemaReader(document, budget.Limits);
        _unfolder = new GoalUnfolder(_reader, budget);
        _strings = new StringCompiler(budget);
        var keys = new KeyCompiler(_unfolder, _strings, budget);
        _objects = new ObjectCompiler(RuleOf, keys, _strings, layout, budget);
        _arrays = new ArrayCompiler(RuleOf, layout);
    }

    /// <param name="schema">The document as JSON text.</param>
    /// <param name="compact">Without white space.</param>
    /// <param name="budget">Bounds the work.</param>
    /// <exception cref="GrammarException">It is malformed, or a keyword cannot be followed exactly, or a limit is exceeded.</exception>
    public static Expression Compile(string schema, bool compact, CompileBudget budget)
    {
        var bytes = Encoding.UTF8.GetByteCount(schema);
        if (bytes > budget.Limits.MaxSourceBytes)
        {
            throw new GrammarException($"The schema has {bytes} bytes; {nameof(GrammarLimits.MaxSourceBytes)} is {budget.Limits.MaxSourceBytes}.");
        }

        try
        {
            using var document = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = budget.Limits.MaxNesting });
            var compiler = new SchemaCompiler(document.RootElement, compact ? JsonLayout.Compact : JsonLayout.Spaced, budget);
            return compiler.Run();
        }
        catch (JsonException error)
        {
            throw new GrammarException(
                $"The schema is not JSON, or nested deeper than {nameof(GrammarLimits.MaxNesting)} = {budget.Limits.MaxNesting}: {error.Message}", error);
        }
        catch (Exception error) when (IsAboutSurrogates(error))
        {
            throw new GrammarException("A text of the schema holds half of a surrogate pair.", error);
        }
    }

    /// <summary>Half a pair in the text itself fails when it is parsed, one in an escape when a string of it is read.</summary>
    private static bool IsAboutSurrogates(Exception error) =>
        error is ArgumentException { InnerException: EncoderFallbackException }
        || (error is InvalidOperationException && error.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true);

    private RuleExpression Run()
    {
        var root = RuleOf(new Goal([new Literal(_reader.ReadRoot(), true)]));
        while (_open.TryDequeue(out var next))
        {
            next.Rule.Target = Build(next.Goal);
        }

        return root;
    }

    private RuleExpression RuleOf(Goal goal)
    {
        if (_rules.TryGetValue(goal, out var rule))
        {
            return rule;
        }

        if (_rules.Count >= _budget.Limits.MaxRules)
        {
            throw new GrammarException($"The schema leads to more than {nameof(GrammarLimits.MaxRules)} = {_budget.Limits.MaxRules} combinations of subschemas.");
        }

        rule = new RuleExpression(goal.Pointer);
        _rules.Add(goal, rule);
        _open.Enqueue((goal, rule));
        return rule;
    }

    private ChoiceExpression Build(Goal goal)
    {
        var branches = new List<Expression>();
        var constants = JsonTypes.None;
        foreach (var alternative in _unfolder.Unfold(goal))
        {
            constants |= alternative.Types & (JsonTypes.Null | JsonTypes.Boolean);
            if ((alternative.Types & JsonTypes.String) != 0)
            {
                branches.Add(_strings.Compile(alternative.String));
            }

            if ((alternative.Types & JsonTypes.Number) != 0)
            {
                branches.Add(NumberOf(alternative, goal.Pointer));
            }

            if ((alternative.Types & JsonTypes.Array) != 0)
            {
                branches.Add(_arrays.Compile(alternative.Array));
            }

            if ((alternative.Types & JsonTypes.Object) != 0)
            {
                branches.Add(_objects.Compile(alternative.Object, goal.Pointer));
            }
        }

        if (constants != JsonTypes.None)
        {
            branches.Add(Constants(constants));
        }

        return new ChoiceExpression([.. branches.Distinct()]);
    }

    private DfaTerminal NumberOf(Conjunction alternative, string pointer)
    {
        var constraint = alternative.Number with
        {
            Integers = (alternative.Types & JsonTypes.Integer) != 0,
            Fractions = (alternative.Types & JsonTypes.Fraction) != 0,
        };
        var key = constraint.Key();
        if (!_numbers.TryGetValue(key, out var terminal))
        {
            terminal = new DfaTerminal(NumberAutomaton.Build(constraint, $"The schema at {pointer}", _budget));
            _numbers.Add(key, terminal);
        }

        return terminal;
    }

    private DfaTerminal Constants(JsonTypes types)
    {
        var words = new[] { (JsonTypes.Null, "null"), (JsonTypes.True, "true"), (JsonTypes.False, "false") };
        var pattern = string.Join('|', words.Where(word => (types & word.Item1) != 0).Select(word => word.Item2));
        return new DfaTerminal(RegexCompiler.CompileWhole(pattern, "JSON", TextForm.Plain, _budget));
    }
}
