using System.Text.Json;
using InferServe.Grammar;
using InferServe.Tokenization;
using InferServe.UnitTests.Grammar.Support;
using InferServe.UnitTests.Support;
using InferServe.Worker.Forms;
using Xunit.Abstractions;
using Vocabulary = InferServe.Grammar.Vocabulary;

namespace InferServe.UnitTests.Grammar;

/// <summary>
/// The same schemas and instances as <see cref="SchemaConformanceTests"/>, token by token as a real tokenizer cuts them, against the masks over its whole
/// vocabulary: a valid instance is never masked out, an invalid one is before its end.
/// </summary>
public sealed class SchemaTokenConformanceTests(ITestOutputHelper output)
{
    [ConformanceFact]
    public void FillMask_RealTokenizer_DecidesEveryInstanceRightly()
    {
        var name = LargestTokenizer();
        var tokenizer = Tokenizer.Load(ConformanceData.PathOf("tokenizers", name));
        var size = tokenizer.VocabularySize;

        // An end token of the test's own, so that it does not matter which one the tokenizer has.
        var vocabulary = VocabularyFactory.Create(tokenizer, size + 1, [size]);
        var compiler = new GrammarCompiler(vocabulary);
        using var features = JsonDocument.Parse(File.ReadAllText(ConformanceData.PathOf("json-schemas", "features.json")));
        var byFormatOnly = features.RootElement.GetProperty("invalid_by_format_only");
        var wrong = new List<string>();
        var (valid, invalid) = (0, 0);
        foreach (var record in SchemaRecord.All())
        {
            ITokenGrammar grammar;
            try
            {
                grammar = compiler.Compile(GrammarExpression.Schema(record.Schema));
            }
            catch (GrammarException)
            {
                continue;
            }

            var remarks = byFormatOnly.TryGetProperty(record.Id, out var indices) ? indices.EnumerateArray().Select(index => index.GetInt32()).ToList() : [];
            foreach (var text in record.Valid)
            {
                valid++;
                wrong.AddRange(Accepts(grammar, vocabulary, tokenizer, text) || Accepts(grammar, vocabulary, tokenizer, PlainNumbers.In(text))
                    ? [] : [$"{record.Id} refuses {text}"]);
            }

            foreach (var text in record.Invalid.Where((_, index) => !remarks.Contains(index)))
            {
                invalid++;
                wrong.AddRange(Accepts(grammar, vocabulary, tokenizer, text) ? [$"{record.Id} accepts {text}"] : []);
            }
        }

        output.WriteLine($"{valid} valid and {invalid} invalid instances over the {size} tokens of {name}");
        Assert.Empty(wrong);
        Assert.True(valid > 0);
    }

    private static bool Accepts(ITokenGrammar grammar, Vocabulary vocabulary, Tokenizer tokenizer, string text)
    {
        var constraint = grammar.Start();
        var mask = new ulong[vocabulary.MaskWords];
        foreach (var token in tokenizer.Encode(text, addSpecialTokens: false).Append(vocabulary.Size - 1))
        {
            constraint.FillMask(mask);
            var allowed = (mask[token / 64] >> (token % 64) & 1) != 0;
            Assert.Equal(allowed, constraint.TryAccept(token));
            if (!allowed)
            {
                return false;
            }
        }

        return true;
    }

    private static string LargestTokenizer() => ConformanceData.FoldersIn("tokenizers")
        .MaxBy(folder => new FileInfo(ConformanceData.PathOf("tokenizers", folder, "tokenizer.json")).Length)!;
}
