namespace InferServe.OnnxRuntime.Config;

/// <summary>
/// Reads <c>session_options</c> of a <c>genai_config.json</c>. What only concerns logs, profiles or other hosts is ignored; what would let a model
/// folder name files or native code is refused.
/// </summary>
internal static class SessionSettingsReader
{
    private const int MostEntries = 64;
    private const int LongestEntry = 1024;

    // GenAI passes fields that it does not know to the session's configuration, whose keys have these beginnings.
    private static readonly string[] EntryPrefixes = ["session.", "ep.", "mlas.", "optimization."];

    // Entries that lead to other files than the model's, or change in which form the model is read.
    private static readonly string[] FileWords = ["file", "path", "folder", "bytes", "format", "save"];

    private static readonly Dictionary<string, GraphOptimization> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ORT_DISABLE_ALL"] = GraphOptimization.None,
        ["ORT_ENABLE_BASIC"] = GraphOptimization.Basic,
        ["ORT_ENABLE_EXTENDED"] = GraphOptimization.Extended,
        ["ORT_ENABLE_LAYOUT"] = GraphOptimization.All,
        ["ORT_ENABLE_ALL"] = GraphOptimization.All,
    };

    public static SessionSettings Read(JsonFields decoder)
    {
        var options = decoder.Section("session_options", required: false);
        if (options.Has("custom_ops_library"))
        {
            options.Report("custom_ops_library", "is not supported: a model folder must not bring native code");
        }

        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        ReadEntries(options, options.Names.Where(name => EntryPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))), entries);
        var more = options.Section("config_entries", required: false);
        ReadEntries(more, more.Names, entries);
        return new SessionSettings
        {
            // 0 leaves the choice to the runtime.
            Threads = options.OptionalInt("intra_op_num_threads", 0, 1024) is > 0 and { } threads ? threads : null,
            Optimization = ReadLevel(options),
            Entries = entries,
            Providers = ReadProviders(options),
        };
    }

    private static GraphOptimization? ReadLevel(JsonFields options)
    {
        if (options.OptionalText("graph_optimization_level") is not { } text)
        {
            return null;
        }

        if (Levels.TryGetValue(text, out var level))
        {
            return level;
        }

        options.Report("graph_optimization_level", $"must be one of {string.Join(", ", Levels.Keys)}, got '{text}'");
        return null;
    }

    private static void ReadEntries(JsonFields fields, IEnumerable<string> names, Dictionary<string, string> entries)
    {
        foreach (string name in names)
        {
            if (entries.Count == MostEntries)
            {
                fields.Report(name, $"is one entry too many: at most {MostEntries} are allowed");
                return;
            }

            if (FileWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                fields.Report(name, "is not supported: a model folder must not say where files are or how they are read");
            }
            else if (fields.ScalarText(name, LongestEntry) is { } value)
            {
                entries[name] = value;
            }
        }
    }

    private static List<ProviderSettings> ReadProviders(JsonFields options)
    {
        List<ProviderSettings> providers = [];
        foreach (var item in options.Items("provider_options"))
        {
            foreach (string given in item.Names)
            {
                if (ProviderNames.Find(given) is not { } name)
                {
                    item.Report(given, $"is an unknown execution provider; known are {string.Join(", ", ProviderNames.All)}");
                    continue;
                }

                var fields = item.Section(given, required: false);
                var values = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (string option in fields.Names.Take(MostEntries))
                {
                    if (fields.ScalarText(option, LongestEntry) is { } value)
                    {
                        values[option] = value;
                    }
                }

                providers.Add(new ProviderSettings(name, values));
            }
        }

        return providers;
    }
}
