namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>
/// A value of the template language. The set of types is closed: a template reaches nothing but these, and no .NET object.
/// Values do not change once they are made, except a <see cref="NamespaceValue"/> and what an <see cref="IteratorValue"/> has left.
/// </summary>
internal abstract class JinjaValue
{
    /// <summary>The name of the Python type that the value stands for; error messages use it.</summary>
    public abstract string TypeName { get; }
}
