using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Hosting;

internal static class CheckedOptions
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to a section of the configuration. An unknown name, a wrong type and a value out of
    /// range each end the start with an <see cref="OptionsValidationException"/>.
    /// </summary>
    public static void AddCheckedOptions<T>(this IServiceCollection services, string section)
        where T : class
        => services.AddOptions<T>()
            .Configure<IConfiguration>((options, configuration) => Bind(options, configuration.GetSection(section)))
            .ValidateDataAnnotations()
            .ValidateOnStart();

    private static void Bind<T>(T options, IConfigurationSection section)
        where T : class
    {
        CheckNames<T>(section);
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw Invalid<T>(exception.Message);
        }
    }

    private static void CheckNames<T>(IConfigurationSection section)
    {
        var known = typeof(T).GetProperties().Select(property => property.Name).ToList();
        var unknown = section.GetChildren()
            .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"Unknown setting '{child.Path}'; known in {section.Path} are {string.Join(", ", known)}.")
            .ToArray();
        if (unknown.Length > 0)
        {
            throw Invalid<T>(unknown);
        }
    }

    private static OptionsValidationException Invalid<T>(params string[] failures) => new(Options.DefaultName, typeof(T), failures);
}
