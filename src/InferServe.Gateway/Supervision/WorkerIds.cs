using System.Globalization;
using System.Text;
using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Supervision;

/// <summary>Gives every replica of every model an id.</summary>
internal static class WorkerIds
{
    private const int MaxSlugLength = 32;

    /// <summary>One worker for each replica, ids <c>{model}-{replica}</c> in letters, digits and hyphens.</summary>
    public static IEnumerable<WorkerDefinition> Define(IEnumerable<ModelDefinition> models)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            var slug = Slug(model.Name);
            var unique = slug;
            for (var number = 2; !taken.Add(unique); number++)
            {
                unique = string.Create(CultureInfo.InvariantCulture, $"{slug}-n{number}");
            }

            for (var replica = 0; replica < model.Replicas; replica++)
            {
                yield return new WorkerDefinition(string.Create(CultureInfo.InvariantCulture, $"{unique}-{replica}"), model);
            }
        }
    }

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
}
