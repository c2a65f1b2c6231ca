using System.Text;

namespace InferServe.Tokenization.Patterns;

/// <summary>A regular expression whose sets of characters are yet to be written in .NET's syntax.</summary>
internal sealed class TranslatedPattern
{
    private const string Nothing = "(?!)";
    private readonly List<(string? Text, CharacterClass? Class)> _parts = [];

    /// <summary>The number of parts, which is also the place of the next.</summary>
    public int Count => _parts.Count;

    /// <summary>The sets of characters.</summary>
    public IReadOnlyList<CodePointSet> Sets => [.. _parts.Where(static part => part.Class is not null).Select(static part => part.Class!.Set)];

    public void Add(string text) => _parts.Add((text, null));

    public void Add(CharacterClass characters) => _parts.Add((null, characters));

    public void Insert(int place, string text) => _parts.Insert(place, (text, null));

    /// <summary>The expression for texts without characters above U+FFFF.</summary>
    public string ForBasicText() => Write(static characters =>
        characters.Notation is { Length: > 0 } notation
            ? $"[{(characters.IsNegated ? "^" : "")}{notation}]"
            : Ranges(characters.Set));

    /// <summary>The expression for texts with stand-ins.</summary>
    public string ForText(AstralStandIns standIns) => Write(characters => Ranges(characters.Set, standIns.Of(characters.Set)));

    private static string Ranges(CodePointSet set, IReadOnlyList<char>? standIns = null)
    {
        var output = new StringBuilder();
        foreach ((int first, int last) in set.Ranges.Where(static range => range.First <= char.MaxValue))
        {
            Append(output, (char)first, (char)Math.Min(last, char.MaxValue));
        }

        foreach (char standIn in standIns ?? [])
        {
            Append(output, standIn, standIn);
        }

        return output.Length == 0 ? Nothing : $"[{output}]";
    }

    private static void Append(StringBuilder output, char first, char last)
    {
        output.Append(CharacterSets.Escape(first));
        if (last > first)
        {
            output.Append('-').Append(CharacterSets.Escape(last));
        }
    }

    private string Write(Func<CharacterClass, string> write) =>
        string.Concat(_parts.Select(part => part.Text ?? write(part.Class!)));
}
