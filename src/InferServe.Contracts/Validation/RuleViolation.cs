namespace InferServe.Contracts.Validation;

/// <summary>One violated rule.</summary>
/// <param name="Param">Path of the offending field.</param>
/// <param name="Message">The rule, its limit and the given value, as a sentence.</param>
/// <param name="Code">One of <see cref="Errors.ErrorCodes"/>.</param>
public sealed record RuleViolation(string Param, string Message, string Code);
