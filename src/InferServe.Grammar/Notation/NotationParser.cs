using InferServe.Grammar.Compilation;
using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Notation;

/// <summary>
/// Reads a grammar text: rules <c>name ::= …</c> of literals, character classes, <c>.</c>, names, parentheses, <c>|</c> and the
/// quantifiers <c>* + ? {m,n}</c>. A rule ends where the next one begins.
/// </summary>
internal sealed class NotationParser(NotationReader reader, CompileBudget budget)
{
    private const int SizeOfCharacter = 4;

    private int _nesting;

    public List<NotationRule> ParseRules()
    {
        var rules = new List<NotationRule>();
        reader.SkipBlank();
        while (!reader.AtEnd)
        {
            var start = reader.Offset;
            var name = reader.TakeName() ?? throw reader.Error(start, "a rule begins with its name");
            reader.SkipBlank();
            if (!reader.TryTake("::="))
            {
                throw reader.Error(reader.Offset, $"'::=' is expected behind '{name}'");
            }

            if (rules.Count >= budget.Limits.MaxRules)
            {
                throw reader.Error(start, $"there are more than {nameof(GrammarLimits.MaxRules)} = {budget.Limits.MaxRules} rules");
            }

            var body = ParseChoice();
            rules.Add(new NotationRule(name, reader.PlaceOf(start), body));
            if (!reader.AtEnd && !reader.AtRule())
            {
                throw reader.Error(reader.Offset, $"'{reader.Current}' is not expected here");
            }
        }

        return rules;
    }

    private NotationNode ParseChoice()
    {
        var branches = new List<NotationNode> { ParseSequence() };
        while (reader.Current == '|')
        {
            reader.Advance();
            branches.Add(ParseSequence());
        }

        return NotationNodes.Choice(branches);
    }

    private NotationNode ParseSequence()
    {
        var parts = new List<NotationNode>();
        reader.SkipBlank();
        while (!reader.AtEnd && reader.Current is not '|' and not ')' && !reader.AtRule())
        {
            budget.Spend(20);
            var start = reader.Offset;
            parts.Add(ParseQuantifiers(ParseAtom(), start));
            reader.SkipBlank();
        }

        return NotationNodes.Sequence(parts);
    }

    private NotationNode ParseAtom()
    {
        var start = reader.Offset;
        switch (reader.Current)
        {
            case '"' or '\'':
                var characters = reader.TakeLiteral().Select(rune => new RegexNode.Character(CharacterSet.Of(rune))).ToList();
                return new NotationNode.Regular(new RegexNode.Sequence(characters), 1 + (characters.Count * SizeOfCharacter));
            case '[':
                var position = start + 1;
                var set = new RegexEscapes(reader.Text, reader.Error).ParseClass(ref position);
                reader.MoveTo(position);
                return new NotationNode.Regular(new RegexNode.Character(set), SizeOfCharacter);
            case '.':
                reader.Advance();
                return new NotationNode.Regular(new RegexNode.Character(CharacterSet.All), SizeOfCharacter);
            case '(':
                if (++_nesting > budget.Limits.MaxNesting)
                {
                    throw reader.Error(start, $"parentheses are nested deeper than {nameof(GrammarLimits.MaxNesting)} = {budget.Limits.MaxNesting}");
                }

                reader.Advance();
                var inner = ParseChoice();
                if (reader.Current != ')')
                {
                    throw reader.Error(start, "unmatched '('");
                }

                reader.Advance();
                _nesting--;
                return inner;
            default:
                return reader.TakeName() is { } name
                    ? new NotationNode.Reference(name, start)
                    : throw reader.Error(start, $"'{reader.Current}' is not expected here");
        }
    }

    private NotationNode ParseQuantifiers(NotationNode node, int start)
    {
        var count = 0;
        while (reader.Current is '*' or '+' or '?' or '{')
        {
            if (++count > budget.Limits.MaxNesting)
            {
                throw reader.Error(start, $"there are more than {nameof(GrammarLimits.MaxNesting)} = {budget.Limits.MaxNesting} quantifiers");
            }

            var (min, max) = reader.Current == '{' ? reader.TakeCounts(budget.Limits.MaxRepetitions) : TakeSign();
            node = NotationNodes.Repetition(node, min, max);
        }

        return node;
    }

    private (int Min, int? Max) TakeSign()
    {
        var sign = reader.Current;
        reader.Advance();
        return sign switch
        {
            '*' => (0, null),
            '+' => (1, null),
            _ => (0, 1),
        };
    }
}
