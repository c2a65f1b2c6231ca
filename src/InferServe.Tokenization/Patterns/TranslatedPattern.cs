namespace InferServe.Tokenization.Patterns;

/// <summary>A regular expression in .NET's syntax.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="NamedRanges">The characters that it names itself, first and last of each range, apart from whole categories.</param>
internal sealed record TranslatedPattern(string Expression, IReadOnlyList<(char First, char Last)> NamedRanges);
