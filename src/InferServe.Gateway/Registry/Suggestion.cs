namespace InferServe.Gateway.Registry;

/// <summary>Finds what a mistyped word was probably meant to be.</summary>
internal static class Suggestion
{
    private const int LongestWord = 64;

    /// <summary>
    /// The known word nearest to <paramref name="word"/> by edit distance without regard to case, or null when none
    /// is within a third of the word's length.
    /// </summary>
    public static string? For(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        var best = known
            .Where(candidate => candidate.Length <= LongestWord)
            .Select(candidate => (candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return best.candidate is not null && best.Distance <= Math.Max(1, word.Length / 3) ? best.candidate : null;
    }

    /// <summary>Levenshtein distance: insertions, deletions and substitutions that turn one word into the other.</summary>
    internal static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= from.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= to.Length; column++)
            {
                var substitution = diagonal + (from[line - 1] == to[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(substitution, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
