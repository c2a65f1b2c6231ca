using System.Globalization;
using System.Text;

namespace InferServe.Gateway.Supervision;

/// <summary>Gives every worker an id: <c>{model}-{number}</c> in letters, digits and hyphens, with the lowest number that is free.</summary>
internal sealed class WorkerIds
{
    private const int MaxSlugLength = 32;

    private readonly Dictionary<string, string> _slugs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>An id that no other worker has until it is given back.</summary>
    public string Take(string model)
    {
        var slug = SlugOf(model);
        for (var number = 0; ; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}");
            if (_taken.Add(id))
            {
                return id;
            }
        }
    }

    /// <summary>The worker is gone.</summary>
    public void GiveBack(string id) => _taken.Remove(id);

    /// <summary>The model is gone, with all its workers.</summary>
    public void Forget(string model) => _slugs.Remove(model);

    /// <summary>The name as part of a host name: lower case, everything but letters and digits a hyphen, at most 32 characters.</summary>
    internal static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Take(MaxSlugLength))
        {
            slug.Append(char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-');
        }

        return slug.ToString();
    }

    private string SlugOf(string model)
    {
        if (_slugs.TryGetValue(model, out var known))
        {
            return known;
        }

        var slug = Slug(model);
        var unique = slug;
        for (var number = 2; _slugs.ContainsValue(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{slug}-n{number}");
        }

        _slugs.Add(model, unique);
        return unique;
    }
}
