using InferServe.Tokenization.Patterns;
using InferServe.Tokenization.PreTokenization;
using InferServe.UnitTests.Tokenization.PreTokenization;

namespace InferServe.UnitTests.Tokenization.Patterns;

public class RegexPatternTests
{
    private const string WhiteSpace = "\t\n\v\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    /// <summary>The expected pieces are those that Oniguruma, as Hugging Face tokenizers uses it, gives.</summary>
    [Theory]
    [InlineData(@"\p{L}+", "a𐐀𠀀漢1", "a𐐀𠀀漢|1")]
    [InlineData(@"[^\p{L}]", "😀𐐀😀", "😀|𐐀|😀")]
    [InlineData(@"\p{N}", "𝟘𝟙a", "𝟘|𝟙|a")]
    [InlineData(@"[\p{Lu}][\p{Ll}]", "𐐀𐐨𐐨", "𐐀𐐨|𐐨")]
    [InlineData(@".", "😀\n𐐀", "😀|\n|𐐀")]
    [InlineData(@"(?i:'s|'k)", "'ſ'K's'S", "'ſ|'K|'s|'S")]
    [InlineData(@"(?i:[a-z])+", "aKſ1", "aKſ|1")]
    [InlineData(@"(?i:a(?-i:b))", "AbAB", "Ab|AB")]
    [InlineData(@"\p{N}{1,3}+", "1234567", "1234567")]
    [InlineData(@"\p{N}{1,3}", "1234567", "123|456|7")]
    [InlineData(@"a++a", "aaa", "aaa")]
    [InlineData(@"a{2}+", "aaaaab", "aaaa|ab")]
    [InlineData(@"x{,2}", "xxx", "xx|x")]
    [InlineData(@"$", "a\nb\n", "a|\nb|\n")]
    [InlineData(@"^", "a\nb\n", "a\n|b\n")]
    [InlineData(@"a*", "baac", "b|aa|c")]
    [InlineData(@"\w+", "aⓐ ²½ Ⅷ_ ⑫", "aⓐ| |²½| |Ⅷ_| ⑫")]
    [InlineData(@"[\w]+", "a½", "a|½")]
    [InlineData(@"\b", "ab cd", "ab| |cd")]
    [InlineData(@"[]a]", "a]b", "a|]|b")]
    [InlineData(@"[a-]", "a-b", "a|-|b")]
    [InlineData(@"\p{^L}", "a1", "a|1")]
    [InlineData(@"[\u4E00-\u9FA5]+", "漢字か𠀀", "漢字|か𠀀")]
    [InlineData(@"\x{41}\u0042\x43", "xABC", "x|ABC")]
    [InlineData(@"\p{Han}+", "漢字か𠀀", "漢字|か|𠀀")]
    [InlineData(@"[a&&b]", "ab", "ab")]
    [InlineData(@"[a-z&&[^aeiou]]+", "hello", "h|e|ll|o")]
    [InlineData(@"[^\p{L}&&[^a-c]]", "ad1", "a|d|1")]
    [InlineData(@"[[:digit:][:space:]]+", "a1 2b", "a|1 2|b")]
    [InlineData(@"[^[:punct:]]+", "ab+c,d", "ab|+|c|,|d")]
    [InlineData("a😀+", "a😀😀a😁", "a😀😀|a😁")]
    [InlineData("[😀-😂x]", "😀😃x", "😀|😃|x")]
    [InlineData("[^😀]", "😀a😁", "😀|a|😁")]
    [InlineData(@"[\x{10400}-\x{1044F}]+", "𐐀𐐨a", "𐐀𐐨|a")]
    [InlineData(@"\h+", "xfF0", "x|fF0")]
    [InlineData(@"\R", "a\r\n\n", "a|\r\n|\n")]
    [InlineData(@"\W+", "aⓐ-🅃", "aⓐ|-|🅃")]
    public void FindAll_Expression_MatchesAsOniguruma(string expression, string text, string expected) =>
        Assert.Equal(expected, PieceList.Of(text, new SplitPreTokenizer(RegexPattern.Create(expression), SplitBehavior.Isolated, invert: false)));

    [Fact]
    public void FindAll_WhiteSpace_IsUnicodesWhiteSpace()
    {
        string all = string.Concat(Enumerable.Range(0, 0x10000).Select(static code => (char)code).Where(static character => !char.IsSurrogate(character)));
        Assert.Equal(WhiteSpace, PieceList.Of(all, new SplitPreTokenizer(RegexPattern.Create(@"\S"), SplitBehavior.Removed, invert: false))
            .Replace("|", null, StringComparison.Ordinal));
    }

    [Fact]
    public void FindAll_ClassOfTheStandIn_TreatsOtherCharactersAlike() =>
        Assert.Equal("[Ā-ſ𐐨", PieceList.Of("[Ā-ſ𐐨", new SplitPreTokenizer(RegexPattern.Create("[\u0180-\u03FF]"), SplitBehavior.Isolated, invert: false)));

    [Theory]
    [InlineData(@"\p{Klingon}", "the property 'Klingon' is not supported")]
    [InlineData(@"[[:alpha:]]", "'[:alpha:]' is not supported")]
    [InlineData(@"\x{110000}", "'110000' names no character")]
    [InlineData(@"\uD800", "'D800' names no character")]
    [InlineData(@"[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]", "classes are nested more than 16 deep")]
    [InlineData(@"\X", @"'\X' is not supported")]
    [InlineData(@"\1", @"'\1' is not supported")]
    [InlineData(@"(?<name>a)", "this kind of group is not supported")]
    [InlineData(@"(?i)a", "this kind of group is not supported")]
    [InlineData(@"\xE9", "names a byte")]
    [InlineData(@"a{2}?", "'?' after '{n}' is not supported")]
    [InlineData(@"(a", "')' is missing")]
    [InlineData(@"a)", "')' closes nothing")]
    [InlineData(@"[a", "']' is missing")]
    [InlineData(@"*a", "'*' repeats nothing")]
    [InlineData(@"[b-a]", "a range ends before it begins")]
    [InlineData(@"a\", "the expression ends too early")]
    [InlineData(@"", "1 to 32768 characters")]
    public void Create_NotSupported_SaysWhat(string expression, string expected) =>
        Assert.Contains(expected, Assert.Throws<PatternException>(() => RegexPattern.Create(expression)).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_DeepGroups_IsRefused() =>
        Assert.Throws<PatternException>(() => RegexPattern.Create(new string('(', 5000) + new string(')', 5000)));
}
