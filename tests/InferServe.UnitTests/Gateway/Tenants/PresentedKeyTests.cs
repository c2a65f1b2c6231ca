using InferServe.Gateway.Tenants;
using Microsoft.AspNetCore.Http;

namespace InferServe.UnitTests.Gateway.Tenants;

public sealed class PresentedKeyTests
{
    [Theory]
    [InlineData("Authorization", "Bearer abc", "abc")]
    [InlineData("Authorization", "bearer  abc ", "abc")]
    [InlineData("Authorization", "Basic abc", null)]
    [InlineData("Authorization", "Bearer", null)]
    [InlineData("Authorization", "", null)]
    [InlineData("x-api-key", "abc", "abc")]
    [InlineData("api-key", "abc", "abc")]
    [InlineData("x-other", "abc", null)]
    public void Of_Header_IsTheKeyInIt(string name, string value, string? key)
        => Assert.Equal(key, PresentedKey.Of(new HeaderDictionary { [name] = value }));

    [Fact]
    public void Of_TextLongerThanAnyKey_IsNone() => Assert.Null(PresentedKey.Of(new HeaderDictionary { ["api-key"] = new string('x', 257) }));

    [Fact]
    public void Remove_AllForms_LeavesNone()
    {
        var headers = new HeaderDictionary { ["Authorization"] = "Bearer a", ["X-Api-Key"] = "b", ["API-Key"] = "c", ["accept"] = "d" };

        PresentedKey.Remove(headers);

        Assert.Equal(["accept"], headers.Keys);
    }
}
