using InferServe.Grammar.Machine;
using InferServe.Grammar.Schemas;

namespace InferServe.Grammar.Expressions;

internal sealed class JsonText(string schema, bool compact) : GrammarExpression
{
    private readonly string _schema = schema ?? throw new ArgumentNullException(nameof(schema));

    internal override string Key => $"{(compact ? 'j' : 'J')}{_schema.Length}:{_schema}";

    internal override Expression Compile(ExpressionCompiler compiler) => SchemaCompiler.Compile(_schema, compact, compiler.Budget);
}
