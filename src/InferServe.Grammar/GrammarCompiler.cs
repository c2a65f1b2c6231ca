using System.Text;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Constraints;
using InferServe.Grammar.Expressions;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Triggers;

namespace InferServe.Grammar;

/// <summary>Compiles grammars against one vocabulary and keeps those used last. Thread-safe; one for each model.</summary>
public sealed class GrammarCompiler
{
    private readonly Vocabulary _vocabulary;
    private readonly GrammarLimits _limits;
    private readonly GrammarCache _cache;

    public GrammarCompiler(Vocabulary vocabulary, GrammarCompilerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        options ??= new GrammarCompilerOptions();
        _vocabulary = vocabulary;
        _limits = options.Limits;
        _cache = new GrammarCache(options.MaxCachedGrammars, options.MaxCachedBytes);
    }

    /// <summary>The grammar of texts that match the expression as a whole and then end.</summary>
    /// <exception cref="GrammarException">The expression is malformed, unsupported, contradictory or too large.</exception>
    public ITokenGrammar Compile(GrammarExpression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return _cache.GetOrAdd(expression.Key, () => new CompiledGrammar(_vocabulary, CompileMachine(expression)));
    }

    /// <summary>The grammar of free text in which triggers begin what they are followed by.</summary>
    /// <exception cref="GrammarException">As for <see cref="Compile"/>; or there is no trigger, or one without text and token, or two on the same.</exception>
    public ITokenGrammar CompileTriggered(TriggeredGrammar grammar)
    {
        ArgumentNullException.ThrowIfNull(grammar);
        var key = string.Concat(grammar.Triggers.Select(trigger => $"^{trigger.Text?.Length}:{trigger.Text}{trigger.Token};{trigger.Then.Key}"));
        return _cache.GetOrAdd(key, () => MakeTriggered(grammar));
    }

    private TriggeredTokenGrammar MakeTriggered(TriggeredGrammar grammar)
    {
        var machines = new List<GrammarMachine>();
        var texts = new List<(byte[] Text, int Machine)>();
        var tokens = new Dictionary<int, int>();
        foreach (var trigger in grammar.Triggers)
        {
            var isText = trigger.Text is { Length: > 0 };
            if (isText == trigger.Token.HasValue || (trigger.Token is { } token && (!_vocabulary.Contains(token) || !tokens.TryAdd(token, machines.Count))))
            {
                throw new GrammarException("A trigger is either a text that is not empty or a token of the vocabulary, and each token triggers once.");
            }

            if (isText)
            {
                var bytes = Encoding.UTF8.GetBytes(trigger.Text!);
                if (texts.Any(other => other.Text.AsSpan().IndexOf(bytes) >= 0 || bytes.AsSpan().IndexOf(other.Text) >= 0))
                {
                    throw new GrammarException($"The trigger '{trigger.Text}' holds another one or is part of it, so that it is open which of them begins.");
                }

                texts.Add((bytes, machines.Count));
            }

            var machine = CompileMachine(trigger.Then, then => new SequenceExpression(then, new AnythingTerminal()));
            if (TriggeredTokenGrammar.IsComplete(machine.Start))
            {
                throw new GrammarException("What follows a trigger must not match the empty text.");
            }

            machines.Add(machine);
        }

        return machines.Count == 0
            ? throw new GrammarException("A triggered grammar needs at least one trigger.")
            : new TriggeredTokenGrammar(_vocabulary, machines, texts, tokens);
    }

    private GrammarMachine CompileMachine(GrammarExpression expression, Func<Expression, Expression>? wrap = null)
    {
        var compiled = new ExpressionCompiler(_vocabulary, new CompileBudget(_limits)).Compile(expression);
        return new GrammarMachine(wrap is null ? compiled : wrap(compiled), _limits);
    }
}
