using System.Collections.Frozen;
using InferServe.Grammar;
using InferServe.Tokenization;

namespace InferServe.Worker.Answers;

/// <summary>
/// The marks of a model's answer formats that are control tokens of its tokenizer: they show in the text that is searched for parts,
/// and a grammar asks for them by their number. Immutable.
/// </summary>
internal sealed class ModelMarks
{
    private readonly FrozenDictionary<string, int> _tokens;

    private ModelMarks(FrozenDictionary<string, int> tokens)
    {
        _tokens = tokens;
        Visible = tokens.Values.ToFrozenSet();
    }

    /// <summary>No mark is a control token.</summary>
    public static ModelMarks None { get; } = new(FrozenDictionary<string, int>.Empty);

    /// <summary>The control tokens whose text shows.</summary>
    public IReadOnlySet<int> Visible { get; }

    public static ModelMarks Of(Tokenizer tokenizer, IEnumerable<string> marks) => new(
        (from mark in marks.Distinct(StringComparer.Ordinal)
         let token = tokenizer.TokenToId(mark)
         where token is not null && tokenizer.IsSpecial(token.Value)
         select KeyValuePair.Create(mark, token.Value)).ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>The token of a mark, or null when it is ordinary text.</summary>
    public int? TokenOf(string mark) => _tokens.TryGetValue(mark, out var token) ? token : null;

    /// <summary>A mark in a grammar: a token, a token and the text behind it, or text.</summary>
    public GrammarExpression Grammar(string mark)
    {
        var begin = _tokens.Keys.Where(known => mark.StartsWith(known, StringComparison.Ordinal)).MaxBy(known => known.Length);
        return begin is null ? GrammarExpression.Literal(mark)
            : begin.Length == mark.Length ? GrammarExpression.Token(_tokens[begin])
            : GrammarExpression.Sequence(GrammarExpression.Token(_tokens[begin]), GrammarExpression.Literal(mark[begin.Length..]));
    }

    /// <summary>What a grammar begins with a mark.</summary>
    public TriggeredGrammar.Trigger Trigger(string mark, GrammarExpression then) => TokenOf(mark) is { } token
        ? TriggeredGrammar.Trigger.OnToken(token, then)
        : TriggeredGrammar.Trigger.OnText(mark, then);
}
