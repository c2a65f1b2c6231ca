using InferServe.Tokenization.Normalization;

namespace InferServe.UnitTests.Tokenization.Normalization;

/// <summary>Examples of Unicode Standard Annex 15 and of its conformance test.</summary>
public class UnicodeNormalizerTests
{
    [Theory]
    [InlineData("abc", "abc", "abc", "abc", "abc")]
    [InlineData("\u00E9", "\u00E9", "e\u0301", "\u00E9", "e\u0301")]
    [InlineData("e\u0301", "\u00E9", "e\u0301", "\u00E9", "e\u0301")]
    [InlineData("\u1E0A\u0323", "\u1E0C\u0307", "D\u0323\u0307", "\u1E0C\u0307", "D\u0323\u0307")]
    [InlineData("\u212B", "\u00C5", "A\u030A", "\u00C5", "A\u030A")]
    [InlineData("\uFB01", "\uFB01", "\uFB01", "fi", "fi")]
    [InlineData("\uFF76\uFF9E", "\uFF76\uFF9E", "\uFF76\uFF9E", "\u30AC", "\u30AB\u3099")]
    [InlineData("\uD55C", "\uD55C", "\u1112\u1161\u11AB", "\uD55C", "\u1112\u1161\u11AB")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C", "\u1112\u1161\u11AB", "\uD55C", "\u1112\u1161\u11AB")]
    [InlineData("\u0958", "\u0915\u093C", "\u0915\u093C", "\u0915\u093C", "\u0915\u093C")]
    [InlineData("\u0344", "\u0308\u0301", "\u0308\u0301", "\u0308\u0301", "\u0308\u0301")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165", "\U0001D157\U0001D165", "\U0001D157\U0001D165", "\U0001D157\U0001D165")]
    [InlineData("\U0001D4B3😀", "\U0001D4B3😀", "\U0001D4B3😀", "X😀", "X😀")]
    [InlineData("a\u0315\u0300\u05AE\u0062", "\u00E0\u05AE\u0315b", "a\u05AE\u0300\u0315b", "\u00E0\u05AE\u0315b", "a\u05AE\u0300\u0315b")]
    [InlineData("\u0B47\u0300\u0B3E", "\u0B47\u0300\u0B3E", "\u0B47\u0300\u0B3E", "\u0B47\u0300\u0B3E", "\u0B47\u0300\u0B3E")]
    public void Normalize_Example_GivesEachForm(string text, string nfc, string nfd, string nfkc, string nfkd)
    {
        Assert.Equal(nfc, new UnicodeNormalizer(compose: true, compatibility: false).Normalize(text));
        Assert.Equal(nfd, new UnicodeNormalizer(compose: false, compatibility: false).Normalize(text));
        Assert.Equal(nfkc, new UnicodeNormalizer(compose: true, compatibility: true).Normalize(text));
        Assert.Equal(nfkd, new UnicodeNormalizer(compose: false, compatibility: true).Normalize(text));
    }

    [Fact]
    public void Normalize_AllCharacters_IsIdempotentAndAgreesBetweenForms()
    {
        var nfc = new UnicodeNormalizer(compose: true, compatibility: false);
        var nfd = new UnicodeNormalizer(compose: false, compatibility: false);
        for (int code = 0; code < 0x30000; code += code == 0xD7FF ? 0x801 : 1)
        {
            string text = $"e{char.ConvertFromUtf32(code)}\u0301";
            string composed = nfc.Normalize(text);
            string decomposed = nfd.Normalize(text);
            Assert.True(composed == nfc.Normalize(composed), $"NFC of NFC of U+{code:X}");
            Assert.True(composed == nfc.Normalize(decomposed), $"NFC of NFD of U+{code:X}");
            Assert.True(decomposed == nfd.Normalize(composed), $"NFD of NFC of U+{code:X}");
        }
    }

    [Fact]
    public void Normalize_Unchanged_GivesTheSameString()
    {
        const string Text = "Schöne Grüße, 漢字かな 한국어 Привет 😀";
        Assert.Same(Text, new UnicodeNormalizer(compose: true, compatibility: false).Normalize(Text));
    }
}
