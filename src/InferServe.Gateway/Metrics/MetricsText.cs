using System.Text;

namespace InferServe.Gateway.Metrics;

/// <summary>
/// Joins metrics in Prometheus' text format (version 0.0.4) from several sources into one text in which each family
/// has one HELP and one TYPE, as the format demands.
/// </summary>
/// <remarks>Source of the grammar: prometheus.io/docs/instrumenting/exposition_formats.</remarks>
internal sealed class MetricsText
{
    private static readonly string[] Suffixes = ["_bucket", "_sum", "_count", "_total", "_created"];

    private readonly List<Family> _families = [];
    private readonly Dictionary<string, Family> _byName = new(StringComparer.Ordinal);

    /// <summary>
    /// Adds a source. Lines that are not metrics are dropped, and so are samples of a family that an earlier source typed
    /// otherwise.
    /// </summary>
    /// <param name="text">The source's metrics.</param>
    /// <param name="label">Label that every sample gets, already in the form <c>name="value"</c>; null for none.</param>
    public void Add(string text, string? label)
    {
        Family? current = null;
        var refused = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rawLine in text.AsSpan().EnumerateLines())
        {
            var line = rawLine.Trim();
            if (line.StartsWith("# HELP ") || line.StartsWith("# TYPE "))
            {
                current = AddComment(line, refused);
            }
            else if (line.Length > 0 && line[0] != '#' && NameLength(line) is > 0 and var nameLength)
            {
                var name = line[..nameLength].ToString();
                var family = current is not null && Belongs(name, current.Name) ? current : Named(name);
                if (!refused.Contains(family.Name))
                {
                    family.Samples.Add(WithLabel(line, nameLength, label));
                }
            }
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var family in _families.Where(family => family.Samples.Count > 0))
        {
            AppendLine(text, family.Help);
            AppendLine(text, family.Type);
            family.Samples.ForEach(sample => AppendLine(text, sample));
        }

        return text.ToString();
    }

    /// <summary>The sample with the label in front of its others.</summary>
    internal static string WithLabel(ReadOnlySpan<char> line, int nameLength, string? label)
    {
        if (label is null)
        {
            return line.ToString();
        }

        var rest = line[nameLength..];
        if (rest.Length == 0 || rest[0] != '{')
        {
            return $"{line[..nameLength]}{{{label}}}{rest}";
        }

        var others = rest[1..].TrimStart();
        var separator = others.StartsWith('}') ? "" : ",";
        return $"{line[..nameLength]}{{{label}{separator}{others}";
    }

    private Family AddComment(ReadOnlySpan<char> line, HashSet<string> refused)
    {
        var name = line["# HELP ".Length..].TrimStart();
        var end = name.IndexOf(' ');
        var family = Named((end < 0 ? name : name[..end]).ToString());
        var comment = line.ToString();
        if (line.StartsWith("# HELP "))
        {
            family.Help ??= comment;
        }
        else if (family.Type is not null && !string.Equals(family.Type, comment, StringComparison.Ordinal))
        {
            refused.Add(family.Name);
        }
        else
        {
            family.Type = comment;
        }

        return family;
    }

    private Family Named(string name)
    {
        if (!_byName.TryGetValue(name, out var family))
        {
            family = new Family(name);
            _byName.Add(name, family);
            _families.Add(family);
        }

        return family;
    }

    private static bool Belongs(string sample, string family)
        => sample.StartsWith(family, StringComparison.Ordinal)
            && (sample.Length == family.Length || Suffixes.Contains(sample[family.Length..], StringComparer.Ordinal));

    private static int NameLength(ReadOnlySpan<char> line)
    {
        var length = 0;
        while (length < line.Length && (char.IsAsciiLetterOrDigit(line[length]) || line[length] is '_' or ':'))
        {
            length++;
        }

        return length == 0 || char.IsAsciiDigit(line[0]) ? 0 : length;
    }

    private static void AppendLine(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            // The format ends lines with a line feed on every platform.
            text.Append(line).Append('\n');
        }
    }

    private sealed class Family(string name)
    {
        public string Name { get; } = name;
        public string? Help { get; set; }
        public string? Type { get; set; }
        public List<string> Samples { get; } = [];
    }
}
