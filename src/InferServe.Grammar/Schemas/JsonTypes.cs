namespace InferServe.Grammar.Schemas;

/// <summary>Kinds of JSON values, as finely as schemas tell them apart.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    True = 2,
    False = 4,
    Integer = 8,

    /// <summary>Numbers that are not integers.</summary>
    Fraction = 16,
    String = 32,
    Array = 64,
    Object = 128,
    Boolean = True | False,
    Number = Integer | Fraction,
    All = Null | Boolean | Number | String | Array | Object,
}
