using System.Globalization;
using InferServe.Tokenization.Patterns;

namespace InferServe.UnitTests.Tokenization.Patterns;

public class CodePointSetTests
{
    [Fact]
    public void Operations_RandomSets_AgreeWithMembership()
    {
        var random = new Random(8);
        for (int round = 0; round < 300; round++)
        {
            (CodePointSet first, HashSet<int> firstMembers) = RandomSet(random);
            (CodePointSet second, HashSet<int> secondMembers) = RandomSet(random);
            AssertMembers([.. firstMembers.Union(secondMembers)], first.Union(second));
            AssertMembers([.. firstMembers.Intersect(secondMembers)], first.Intersect(second));
            AssertMembers([.. firstMembers.Except(secondMembers)], first.Intersect(second.Complement()));
            Assert.Equal(first.Ranges, first.Complement().Complement().Ranges);
        }
    }

    [Fact]
    public void Complement_AnySet_HoldsNoSurrogates()
    {
        Assert.Equal([(0, 0xD7FF), (0xE000, 0x10FFFF)], CodePointSet.All.Ranges);
        Assert.False(CodePointSet.Of('a', 'b').Complement().Contains(0xDABC));
        Assert.Empty(CodePointSet.All.Complement().Ranges);
    }

    [Fact]
    public void Of_Category_HoldsItsCharacters()
    {
        CodePointSet numbers = CodePointSet.Of(UnicodeCategory.DecimalDigitNumber);
        Assert.True(numbers.Contains('7') && numbers.Contains(0x1D7D8));
        Assert.False(numbers.Contains('a'));
        Assert.True(CodePointSet.OfScript("han")!.Contains(0x20000));
        Assert.Null(CodePointSet.OfScript("Klingon"));
    }

    private static (CodePointSet Set, HashSet<int> Members) RandomSet(Random random)
    {
        CodePointSet set = CodePointSet.Empty;
        var members = new HashSet<int>();
        for (int count = random.Next(5); count > 0; count--)
        {
            int first = 0x10FFC0 + random.Next(60);
            int last = random.Next(first, 0x110000);
            set = set.Union(CodePointSet.Of(first, last));
            members.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return (set, members);
    }

    private static void AssertMembers(HashSet<int> members, CodePointSet set)
    {
        Assert.Equal(members.Order(), set.Ranges.SelectMany(static range => Enumerable.Range(range.First, range.Last - range.First + 1)));
        Assert.All(Enumerable.Range(0x10FFB0, 0x50), codePoint => Assert.Equal(members.Contains(codePoint), set.Contains(codePoint)));
    }
}
