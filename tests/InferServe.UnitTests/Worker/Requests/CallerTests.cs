using System.Collections.Frozen;
using InferServe.Engine.Requests;
using InferServe.Worker.Requests;
using Microsoft.AspNetCore.Http;

namespace InferServe.UnitTests.Worker.Requests;

public sealed class CallerTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, -5, 0)]
    [InlineData(0, 7, 7)]
    [InlineData(-3, 0, -3)]
    [InlineData(-3, -100, -3)]
    [InlineData(-3, 2, -1)]
    [InlineData(5, int.MaxValue, int.MaxValue)]
    public void Apply_PriorityOfTheRequest_OnlyPutsItFurtherBack(int key, int request, int effective)
        => Assert.Equal(effective, new Caller("tenant", key, "").Apply(Request() with { Priority = request }).Priority);

    [Fact]
    public void Apply_NobodysRequest_StaysAsItIs()
    {
        var request = Request() with { Priority = -9 };

        Assert.Equal(request, Caller.Of(new DefaultHttpContext().Request).Apply(request));
    }

    /// <summary>No salt of a client's gets it into another scope, the common one included.</summary>
    [Fact]
    public void Apply_ScopesAndSalts_AreAllApart()
    {
        string[] scopes = ["", "a", "ab", "b"];
        string[] salts = ["", "a", "b", "a\0", "\0", "a\0b", "ab\0"];

        var combined = scopes.SelectMany(scope => salts.Select(salt => new Caller("t", 0, scope).Apply(Request() with { CacheSalt = salt }).CacheSalt)).ToList();

        Assert.Equal(combined.Count, combined.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Of_Headers_AreRead()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["x-inferserve-tenant"] = "acme";
        request.Headers["x-inferserve-priority"] = "-4";
        request.Headers["x-inferserve-cache-scope"] = "acme";

        Assert.Equal(new Caller("acme", -4, "acme"), Caller.Of(request));
    }

    private static GenerationRequest Request() => new()
    {
        Id = "r",
        PromptTokens = new[] { 1 },
        Sampling = new SamplingParameters(),
        MaxTokens = 1,
        StopTokens = FrozenSet<int>.Empty,
    };
}
