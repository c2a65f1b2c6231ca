using System.Collections.Frozen;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>
/// All filters by name. Those of Jinja that make no sense in a prompt are missing: pprint, random, urlize, wordwrap.
/// </summary>
internal static class FilterTable
{
    private static readonly FrozenDictionary<string, Filter> Table = new[]
    {
        TextFilters.All, ConversionFilters.All, SequenceFilters.All, AggregateFilters.All, MappingFilters.All, SelectionFilters.All,
    }.SelectMany(group => group).ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Contains(string name) => Table.ContainsKey(name);

    /// <exception cref="TemplateException">No filter has this name, or it fails.</exception>
    public static JinjaValue Apply(RenderState state, string name, JinjaValue input, CallArguments arguments)
    {
        state.Step();
        return Table.TryGetValue(name, out Filter? filter)
            ? filter(state, input, arguments)
            : throw state.Fail($"No filter named '{name}'.");
    }
}
