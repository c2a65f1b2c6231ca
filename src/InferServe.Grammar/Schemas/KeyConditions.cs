using InferServe.Grammar.Automata;
using InferServe.Grammar.Patterns;
using InferServe.Grammar.Schemas.Unfolding;

namespace InferServe.Grammar.Schemas;

/// <summary>The automata that tell the keys of one kind of object apart, one bit for each.</summary>
internal sealed class KeyConditions(StringCompiler strings, KeyCompiler keys)
{
    private readonly List<Dfa> _automata = [];
    private readonly Dictionary<string, int> _bitOfPattern = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _bitOfSchema = [];

    public IReadOnlyList<Dfa> Automata => _automata;

    public void AddPattern(string pattern, string pointer)
    {
        if (!_bitOfPattern.ContainsKey(pattern))
        {
            _bitOfPattern.Add(pattern, _automata.Count);
            _automata.Add(strings.SearchPattern(pattern, pointer));
        }
    }

    public void AddNames(SchemaNode schema)
    {
        if (!_bitOfSchema.ContainsKey(schema.Id))
        {
            _bitOfSchema.Add(schema.Id, _automata.Count);
            _automata.Add(keys.Compile(schema));
        }
    }

    public void Add(MemberWitness witness)
    {
        if (witness.Pattern is { } pattern)
        {
            AddPattern(pattern.Text, pattern.Pointer);
        }

        foreach (var (text, pointer, _) in witness.AdditionalOf?.Patterns ?? [])
        {
            AddPattern(text, pointer);
        }

        if (witness.NotNamed is { } schema)
        {
            AddNames(schema);
        }
    }

    /// <summary>The bits of a certain key.</summary>
    public uint MaskOf(string name)
    {
        var body = CharacterWriter.Write(name, TextForm.JsonString);
        var mask = 0u;
        for (var bit = 0; bit < _automata.Count; bit++)
        {
            mask |= _automata[bit].Match(body) != 0 ? 1u << bit : 0;
        }

        return mask;
    }

    public bool Matches(string pattern, uint mask) => (mask >> _bitOfPattern[pattern] & 1) != 0;

    public bool FulfilsNames(SchemaNode schema, uint mask) => (mask >> _bitOfSchema[schema.Id] & 1) != 0;

    /// <summary>Whether a member with such a key can be what a witness asks for.</summary>
    public bool IsKeyOf(MemberWitness witness, string? name, uint mask)
    {
        if (witness.Pattern is { } pattern)
        {
            return Matches(pattern.Text, mask);
        }

        return witness.AdditionalOf is { } scope
            ? scope.IsAdditional(name, text => Matches(text, mask))
            : !FulfilsNames(witness.NotNamed!, mask);
    }
}
