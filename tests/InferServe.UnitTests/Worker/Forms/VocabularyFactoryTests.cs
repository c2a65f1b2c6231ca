using InferServe.Grammar;
using InferServe.Tokenization;
using InferServe.UnitTests.Tokenization;
using InferServe.Worker.Forms;
using Vocabulary = InferServe.Grammar.Vocabulary;

namespace InferServe.UnitTests.Worker.Forms;

public class VocabularyFactoryTests
{
    private readonly Tokenizer _tokenizer = SentencePieceTokenizer.Create();

    [Fact]
    public void Create_SentencePieceTokens_HaveTheBytesOfTheirText()
    {
        Vocabulary vocabulary = VocabularyFactory.Create(_tokenizer, _tokenizer.VocabularySize + 5, [2]);
        Assert.Equal(" hi"u8, vocabulary.BytesOf(Id("▁hi")));
        Assert.Equal([0xE6], vocabulary.BytesOf(Id("<0xE6>")).ToArray());
        Assert.True(vocabulary.BytesOf(Id("<s>")).IsEmpty);
        Assert.True(vocabulary.BytesOf(_tokenizer.VocabularySize + 4).IsEmpty);
    }

    [Fact]
    public void Create_SentencePieceTokens_SpellATextThatAGrammarDemands()
    {
        Vocabulary vocabulary = VocabularyFactory.Create(_tokenizer, _tokenizer.VocabularySize, [2]);
        ITokenConstraint constraint = new GrammarCompiler(vocabulary).Compile(GrammarExpression.Regex("hi 漢( hi)+")).Start();
        IncrementalDetokenizer detokenizer = _tokenizer.CreateDetokenizer(skipSpecialTokens: true, continuesText: true);
        string text = string.Empty;
        foreach (string token in new[] { "hi", "▁", "<0xE6>", "<0xBC>", "<0xA2>", "▁hi" })
        {
            Assert.Contains(Id(token), Allowed(constraint, vocabulary));
            Assert.DoesNotContain(Id("▁▁"), Allowed(constraint, vocabulary));
            Assert.True(constraint.TryAccept(Id(token)));
            text += detokenizer.Append(Id(token));
        }

        Assert.Equal("hi 漢 hi", text + detokenizer.Flush());
    }

    private static IEnumerable<int> Allowed(ITokenConstraint constraint, Vocabulary vocabulary)
    {
        ulong[] mask = new ulong[vocabulary.MaskWords];
        constraint.FillMask(mask);
        return Enumerable.Range(0, vocabulary.Size).Where(token => (mask[token / 64] >> (token % 64) & 1) != 0);
    }

    private int Id(string token) => _tokenizer.TokenToId(token)!.Value;
}
