using System.Text;
using InferServe.Gateway.Tenants;

namespace InferServe.UnitTests.Gateway.Tenants;

public sealed class KeysFileParserTests
{
    private static readonly string Hash = ApiKeyText.Format(ApiKeyText.Digest("a"));
    private static readonly string OtherHash = ApiKeyText.Format(ApiKeyText.Digest("b"));

    [Fact]
    public void Parse_EverythingGiven_IsRead()
    {
        var key = Assert.Single(Parse($$"""
            { // a comment
              "keys": [ { "name": "team-a", "hash": "{{Hash}}", "tenant": "acme", "models": ["nano", "big"], "requestsPerMinute": 60,
                "tokensPerMinute": 5000, "concurrentRequests": 4, "priority": -2, "sharedPrefixCache": true, } ] }
            """).Keys);

        Assert.Equal(("team-a", "acme", 60, 5000, 4, -2, true),
            (key.Name, key.Tenant, key.RequestsPerMinute, key.TokensPerMinute, key.ConcurrentRequests, key.Priority, key.SharedPrefixCache));
        Assert.Equal(["big", "nano"], key.Models!.Order());
        Assert.Equal(ApiKeyText.Digest("a"), key.Digest);
    }

    [Fact]
    public void Parse_LeastGiven_HasNoLimits()
    {
        var key = Assert.Single(Parse($$"""{"keys":[{"name":"a","hash":"{{Hash}}"}]}""").Keys);

        Assert.Equal(("a", 0, false), (key.Tenant, key.Priority, key.SharedPrefixCache));
        Assert.Null(key.Models);
        Assert.Null(key.RequestsPerMinute);
        Assert.Null(key.TokensPerMinute);
        Assert.Null(key.ConcurrentRequests);
    }

    [Fact]
    public void Parse_NoKeys_IsARingThatAdmitsNobody() => Assert.Empty(Parse("""{"keys":[]}""").Keys);

    [Fact]
    public void Parse_ManyMistakes_NamesEachWithItsPlace()
    {
        var exception = Assert.Throws<KeysFileException>(() => Parse($$"""
            { "keys": [
              { "name": "a", "hash": "{{Hash}}", "requestPerMinute": 1 },
              { "name": "A", "hash": "{{Hash}}", "models": [] },
              { "name": "-", "hash": "isk_secret", "tokensPerMinute": 0 },
              { "name": "d", "sharedPrefixCache": 1 },
              7 ] }
            """));

        Assert.Equal(
            [
                "2:101 $.keys[0]: unknown property \"requestPerMinute\"; did you mean \"requestsPerMinute\"?",
                "3:13 $.keys[1].name: the name \"A\" is already taken in line 2",
                "3:26 $.keys[1].hash: the same key stands in line 2",
                "3:111 $.keys[1].models: must have 1 to 256 elements, has 0",
                "4:13 $.keys[2].name: must have 1 to 64 letters, digits and ._@+- and start with a letter or digit, is \"-\"",
                "4:26 $.keys[2].hash: must be \"sha256:\" and 64 hexadecimal digits, as `InferServe.Gateway keys hash` prints it",
                "4:59 $.keys[2].tokensPerMinute: must be a whole number from 1 to 1000000000, is 0",
                "5:3 $.keys[3]: \"hash\" is missing",
                "5:39 $.keys[3].sharedPrefixCache: must be true or false",
                "6:3 $.keys[4]: must be an object that describes a key, is a number",
            ],
            exception.Problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)
                .Select(problem => $"{problem.Line}:{problem.Column} {problem.Path}: {problem.Message}"));
        Assert.DoesNotContain("isk_secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "keys.json:1:")]
    [InlineData("[]", "keys.json:1:1: $: must be an object with \"keys\", is an array")]
    [InlineData("{}", "keys.json:1:1: $: \"keys\" is missing")]
    public void Parse_NoKeysFile_SaysWhatIsWrong(string text, string message)
        => Assert.StartsWith(message, Assert.Throws<KeysFileException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_TwoKeysOfOneTenant_IsFine()
        => Assert.Equal(2, Parse($$"""
            {"keys":[{"name":"a","hash":"{{Hash}}","tenant":"t"},{"name":"b","hash":"{{OtherHash}}","tenant":"t"}]}
            """).Keys.Length);

    private static KeyRing Parse(string text) => KeysFileParser.Parse("keys.json", Encoding.UTF8.GetBytes(text));
}
