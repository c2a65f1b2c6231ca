using System.Text;
using InferServe.Grammar;

namespace InferServe.UnitTests.Grammar.Support;

/// <summary>Every single byte, some longer tokens that cross the borders of JSON's parts, control tokens and an end token.</summary>
internal sealed class TestVocabulary
{
    private static readonly string[] s_longer =
    [
        "{\"", "\":", "\": ", "\":\"", "\",\"", "\", \"", "\"}", "},", "}}", "]}", "[{", "],", ", ", "{}", "[]", "\"\"", "true", "false", "null",
        "tr", "ue", "al", "12", "00", "1.", "-1", "e+", "name", "the", " a", "  ", "\n  ", "\\n", "\\u", "\\u00", "\\\"", "é", "中文", "😀", "a\":1,\"b",
        "<tool", "_call>", "<tool_call>", "</tool_call>", "abc", "ab", "bc", "hello", "2024-", "-01", "T10:", "@ex", ".com", "<tool_call>{", "x<tool_call>[",
    ];

    private TestVocabulary(IReadOnlyList<ReadOnlyMemory<byte>?> tokens, int end)
    {
        Tokens = tokens;
        End = end;
        Control = end - 1;
        Vocabulary = Vocabulary.Create(tokens, [end]);
        Compiler = new GrammarCompiler(Vocabulary);
    }

    /// <summary>Only bytes, a control token and an end token.</summary>
    public static TestVocabulary Bytes { get; } = Create([]);

    /// <summary>With tokens of several bytes, some of them halves of characters.</summary>
    public static TestVocabulary Mixed { get; } = Create(
        [.. s_longer.Select(Encoding.UTF8.GetBytes), [0xC3, 0xA9, (byte)'"'], [0xF0, 0x9F], [0x98, 0x80], [0xE4, 0xB8], [0xAD, (byte)'"', (byte)'}']]);

    public IReadOnlyList<ReadOnlyMemory<byte>?> Tokens { get; }

    public Vocabulary Vocabulary { get; }

    public GrammarCompiler Compiler { get; }

    public int End { get; }

    /// <summary>A token without bytes.</summary>
    public int Control { get; }

    public ITokenGrammar Compile(GrammarExpression expression) => Compiler.Compile(expression);

    /// <summary>Whether the text is accepted token by token, by the longest tokens there are, and may end.</summary>
    public bool Accepts(ITokenGrammar grammar, string text) => Accepts(grammar, Encoding.UTF8.GetBytes(text));

    public bool Accepts(ITokenGrammar grammar, byte[] text)
    {
        var constraint = grammar.Start();
        var position = 0;
        while (position < text.Length)
        {
            var token = LongestAt(text, position);
            if (!constraint.TryAccept(token))
            {
                return false;
            }

            position += Tokens[token]!.Value.Length;
        }

        return constraint.TryAccept(End);
    }

    /// <summary>The tokens that a mask allows.</summary>
    public HashSet<int> Allowed(ITokenConstraint constraint)
    {
        var mask = new ulong[Vocabulary.MaskWords];
        constraint.FillMask(mask);
        return [.. Enumerable.Range(0, Vocabulary.Size).Where(token => (mask[token / 64] >> (token % 64) & 1) != 0)];
    }

    private static TestVocabulary Create(byte[][] longer)
    {
        var tokens = new List<ReadOnlyMemory<byte>?>();
        tokens.AddRange(Enumerable.Range(0, 256).Select(value => (ReadOnlyMemory<byte>?)new byte[] { (byte)value }));
        tokens.AddRange(longer.Select(bytes => (ReadOnlyMemory<byte>?)bytes));
        tokens.Add(null);
        tokens.Add(null);
        return new TestVocabulary(tokens, tokens.Count - 1);
    }

    private int LongestAt(byte[] text, int position)
    {
        var best = (int)text[position];
        for (var token = 256; token < Tokens.Count; token++)
        {
            if (Tokens[token] is { } bytes && bytes.Length > Tokens[best]!.Value.Length && text.AsSpan(position).StartsWith(bytes.Span))
            {
                best = token;
            }
        }

        return best;
    }
}
