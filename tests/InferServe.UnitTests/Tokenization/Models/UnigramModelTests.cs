using InferServe.Tokenization.Models.Unigram;

namespace InferServe.UnitTests.Tokenization.Models;

public class UnigramModelTests
{
    [Theory]
    [InlineData("abcd", "abcd")]
    [InlineData("abcdacd", "abcd|a|cd")]
    [InlineData("abcc", "abc|c")]
    [InlineData("xyabx", "?|ab|?")]
    public void Encode_Text_TakesTheHighestSum(string text, string expected) => Assert.Equal(
        expected, string.Join('|', Encode([("?", 0), ("a", 0), ("b", 0), ("c", 0), ("d", 0), ("cd", 1), ("ab", 2), ("abc", 5), ("abcd", 10)], text)));

    [Fact]
    public void Encode_RandomVocabularies_FindsTheBestOfAllWays()
    {
        var random = new Random(10);
        for (int round = 0; round < 300; round++)
        {
            var tokens = new Dictionary<string, double> { ["?"] = -1, ["a"] = -random.NextDouble(), ["b"] = -random.NextDouble() };
            for (int count = random.Next(8); count > 0; count--)
            {
                tokens[Text(random, random.Next(2, 5))] = -3 * random.NextDouble();
            }

            string text = Text(random, random.Next(1, 12));
            IEnumerable<string> found = Encode([.. tokens.Select(static token => (token.Key, token.Value))], text);
            Assert.Equal(text, string.Concat(found));
            Assert.Equal(Best(tokens, text), found.Sum(token => tokens[token]), 9);
        }
    }

    private static string Text(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(2) == 0 ? 'a' : 'b'));

    private static double Best(Dictionary<string, double> tokens, string text) => text.Length == 0
        ? 0
        : tokens.Where(token => text.StartsWith(token.Key, StringComparison.Ordinal)).Max(token => token.Value + Best(tokens, text[token.Key.Length..]));

    private static IEnumerable<string> Encode((string Token, double Score)[] vocabulary, string text)
    {
        var ids = new Dictionary<string, int>(vocabulary.Select(static (entry, id) => KeyValuePair.Create(entry.Token, id)), StringComparer.Ordinal);
        var found = new List<int>();
        new UnigramModel(ids, [.. vocabulary.Select(static entry => entry.Score)], unknown: 0, byteFallback: false).Encode(text, found);
        return found.Select(id => vocabulary[id].Token);
    }
}
