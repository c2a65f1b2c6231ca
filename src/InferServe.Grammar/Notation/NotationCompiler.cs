using System.Text;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Notation;

/// <summary>Turns a grammar text into expressions, from its rule <c>root</c>. Rules that nothing refers to are read but not compiled.</summary>
internal sealed class NotationCompiler
{
    private const string RootName = "root";

    private readonly NotationReader _reader;
    private readonly CompileBudget _budget;
    private readonly Dictionary<string, NotationRule> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RuleExpression> _compiled = new(StringComparer.Ordinal);
    private readonly Queue<(NotationRule Rule, RuleExpression Expression)> _open = new();

    private NotationCompiler(NotationReader reader, CompileBudget budget)
    {
        _reader = reader;
        _budget = budget;
    }

    /// <exception cref="GrammarException">The text is malformed, too large or left-recursive.</exception>
    public static Expression Compile(string grammar, CompileBudget budget)
    {
        var bytes = Encoding.UTF8.GetByteCount(grammar);
        if (bytes > budget.Limits.MaxSourceBytes)
        {
            throw new GrammarException($"The grammar has {bytes} bytes; {nameof(GrammarLimits.MaxSourceBytes)} is {budget.Limits.MaxSourceBytes}.");
        }

        return new NotationCompiler(new NotationReader(grammar), budget).Run();
    }

    private RuleExpression Run()
    {
        foreach (var rule in new NotationParser(_reader, _budget).ParseRules())
        {
            if (!_rules.TryAdd(rule.Name, rule))
            {
                throw new GrammarException($"The grammar, {rule.Place}: the rule '{rule.Name}' exists twice.");
            }
        }

        if (!_rules.TryGetValue(RootName, out var first))
        {
            throw new GrammarException($"The grammar has no rule '{RootName}'.");
        }

        var root = RuleOf(first);
        while (_open.TryDequeue(out var next))
        {
            next.Expression.Target = Compile(next.Rule.Body, next.Rule);
        }

        return root;
    }

    private RuleExpression RuleOf(NotationRule rule)
    {
        if (!_compiled.TryGetValue(rule.Name, out var expression))
        {
            expression = new RuleExpression($"{rule.Name} ({rule.Place})");
            _compiled.Add(rule.Name, expression);
            _open.Enqueue((rule, expression));
        }

        return expression;
    }

    /// <summary>Recursion is bounded by the nesting of parentheses and the number of quantifiers.</summary>
    private Expression Compile(NotationNode node, NotationRule rule) => node switch
    {
        NotationNode.Regular regular => Terminal(regular.Expression, rule),
        NotationNode.Sequence sequence => new SequenceExpression([.. sequence.Parts.Select(part => Compile(part, rule))]),
        NotationNode.Choice choice => new ChoiceExpression([.. choice.Branches.Select(branch => Compile(branch, rule))]),
        NotationNode.Repetition repetition => new RepeatExpression(Compile(repetition.Part, rule), repetition.Min, repetition.Max),
        NotationNode.Reference reference => _rules.TryGetValue(reference.Name, out var target)
            ? RuleOf(target)
            : throw _reader.Error(reference.Offset, $"there is no rule '{reference.Name}'"),
        _ => throw new InvalidOperationException(),
    };

    private DfaTerminal Terminal(RegexNode expression, NotationRule rule) =>
        new(RegexCompiler.Compile(expression, $"The grammar, rule '{rule.Name}' at {rule.Place}", TextForm.Plain, search: false, _budget));
}
