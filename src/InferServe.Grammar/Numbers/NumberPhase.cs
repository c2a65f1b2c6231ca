namespace InferServe.Grammar.Numbers;

/// <summary>
/// Where in a number of RFC 8259 the text stands:
/// <c>Start -> [Minus] -> Zero | Integer -> [Point -> Fraction] -> [Exponent -> [ExponentSign] -> ExponentDigits]</c>.
/// </summary>
internal enum NumberPhase
{
    Start,
    Minus,
    Zero,
    Integer,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
}
