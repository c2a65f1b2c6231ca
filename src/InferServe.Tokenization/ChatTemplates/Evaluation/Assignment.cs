using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

internal static class Assignment
{
    public static void Assign(RenderState state, Scope scope, AssignmentTarget target, JinjaValue value)
    {
        switch (target)
        {
            case NameTarget name:
                scope.Set(name.Name, value);
                break;
            case NamespaceTarget attribute:
                if (scope.Get(attribute.Name) is not NamespaceValue space)
                {
                    throw state.Fail("cannot assign attribute on non-namespace object");
                }

                space.Attributes[attribute.Attribute] = value;
                break;
            case TupleTarget tuple:
                Unpack(state, scope, tuple, value);
                break;
        }
    }

    private static void Unpack(RenderState state, Scope scope, TupleTarget target, JinjaValue value)
    {
        int expected = target.Items.Count;
        List<JinjaValue> items = [.. Iteration.Of(state, value, $"cannot unpack non-iterable {value.TypeName} object").Take(expected + 1)];
        if (items.Count > expected)
        {
            throw state.Fail($"too many values to unpack (expected {expected})");
        }

        if (items.Count < expected)
        {
            throw state.Fail($"not enough values to unpack (expected {expected}, got {items.Count})");
        }

        for (int i = 0; i < expected; i++)
        {
            Assign(state, scope, target.Items[i], items[i]);
        }
    }
}
