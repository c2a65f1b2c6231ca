using InferServe.Worker.Requests;

namespace InferServe.UnitTests.Worker.Requests;

public sealed class RequestIdsTests
{
    [Theory]
    [InlineData("abc-1_2.3", "abc-1_2.3")]
    [InlineData("a\r\nb: <c>", "abc")]
    [InlineData("é1", "1")]
    public void Choose_CallersId_KeepsWhatIsHarmless(string given, string expected) => Assert.Equal(expected, RequestIds.Choose(given));

    [Fact]
    public void Choose_LongId_IsCut() => Assert.Equal(64, RequestIds.Choose(new string('x', 1000)).Length);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\u00e9")]
    public void Choose_NothingUsable_MakesANewOne(string? given) => Assert.NotEqual(RequestIds.Choose(given), RequestIds.Choose(given));
}
