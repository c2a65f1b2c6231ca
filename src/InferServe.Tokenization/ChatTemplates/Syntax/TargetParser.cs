using InferServe.Tokenization.ChatTemplates.Lexing;

namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>Reads what is assigned to: a name, <c>namespace.attribute</c>, or a tuple of such with or without parentheses.</summary>
internal sealed class TargetParser(TokenReader reader)
{
    public AssignmentTarget Parse(bool allowNamespace, string? endName)
    {
        if (allowNamespace && reader.Peek().IsOperator("."))
        {
            string name = reader.Expect(TokenKind.Name, "a name to assign to").Text;
            reader.Next();
            return new NamespaceTarget(name, reader.Expect(TokenKind.Name, "an attribute's name").Text);
        }

        return ParseList(endName);
    }

    /// <summary>A name, or a tuple in parentheses.</summary>
    public AssignmentTarget ParseOne()
    {
        int depth = reader.Depth;
        reader.Enter();
        AssignmentTarget target;
        if (reader.SkipOperator("("))
        {
            target = ParseList(endName: null);
            reader.ExpectOperator(")");
        }
        else
        {
            Token name = reader.Expect(TokenKind.Name, "a name to assign to");
            if (name.Text is "true" or "True" or "false" or "False" or "none" or "None")
            {
                throw new TemplateException($"can't assign to '{name.Text}'", name.Line);
            }

            target = new NameTarget(name.Text);
        }

        reader.Leave(depth);
        return target;
    }

    private AssignmentTarget ParseList(string? endName)
    {
        AssignmentTarget first = ParseOne();
        if (!reader.Current.IsOperator(","))
        {
            return first;
        }

        List<AssignmentTarget> items = [first];
        while (reader.SkipOperator(",") && !Ends(endName))
        {
            items.Add(ParseOne());
        }

        return new TupleTarget(items);
    }

    private bool Ends(string? endName) =>
        reader.Current.Kind != TokenKind.Name && !reader.Current.IsOperator("(") || (endName is not null && reader.Current.IsName(endName));
}
