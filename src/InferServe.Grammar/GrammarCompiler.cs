using InferServe.Grammar.Compilation;
using InferServe.Grammar.Constraints;
using InferServe.Grammar.Expressions;
using InferServe.Grammar.Machine;

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

    private GrammarMachine CompileMachine(GrammarExpression expression, Func<Expression, Expression>? wrap = null)
    {
        var compiled = new ExpressionCompiler(_vocabulary, new CompileBudget(_limits)).Compile(expression);
        return new GrammarMachine(wrap is null ? compiled : wrap(compiled), _limits);
    }
}
