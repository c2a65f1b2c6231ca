using System.Text;
using InferServe.Gateway.Tenants;

namespace InferServe.UnitTests.Gateway.Tenants;

public sealed class KeysCommandTests
{
    [Fact]
    public void Create_Name_PrintsAKeyAndTheEntryThatAdmitsIt()
    {
        var (code, output, _) = Run(["create", "team-a"], "");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var key = lines[0].Split(' ')[^1].Trim();
        var entry = lines[1][lines[1].IndexOf('{', StringComparison.Ordinal)..];

        var ring = KeysFileParser.Parse("keys.json", Encoding.UTF8.GetBytes($$"""{ "keys": [{{entry}}] }"""));

        Assert.Equal(0, code);
        Assert.Matches("^isk_[A-Za-z0-9_-]{43}$", key);
        Assert.Equal("team-a", ring.Find(key)?.Name);
        Assert.DoesNotContain(key, entry, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Twice_GivesDifferentKeys() => Assert.NotEqual(Run(["create", "a"], "").Output, Run(["create", "a"], "").Output);

    [Fact]
    public void Hash_KeyOnTheInput_PrintsItsDigest()
    {
        var key = ApiKeyText.Create();

        var (code, output, _) = Run(["hash"], key + "\n");

        Assert.Equal(0, code);
        Assert.Equal(ApiKeyText.Digest(key), ApiKeyText.Parse(output.Trim()));
    }

    [Theory]
    [InlineData("", "create", "bad name", "must have 1 to 64")]
    [InlineData("", "create", "\"", "")]
    [InlineData("short", "hash", null, "A key has 32 to 256 characters; this one has 5.")]
    [InlineData("", "list", null, "usage:")]
    public void Run_Mistake_SaysWhichAndEndsWithOne(string input, string command, string? argument, string message)
    {
        var (code, output, errors) = Run(argument is null ? [command] : [command, argument], input);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) Run(string[] arguments, string input)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = KeysCommand.Run(arguments, new StringReader(input), output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
