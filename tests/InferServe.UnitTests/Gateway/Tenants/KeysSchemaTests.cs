using System.Text.Json;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Tenants;

namespace InferServe.UnitTests.Gateway.Tenants;

/// <summary>Keeps keys.schema.json, which editors use, in step with the reader.</summary>
public sealed class KeysSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("keys.schema.json"))).RootElement;

    private static JsonElement Key => Schema.GetProperty("$defs").GetProperty("key");

    [Fact]
    public void Properties_OfFileAndKey_AreThoseOfTheReader()
    {
        Assert.Equal(KeysFileFormat.FileProperties.Order(), Names(Schema));
        Assert.Equal(KeysFileFormat.KeyProperties.Order(), Names(Key));
        Assert.False(Schema.GetProperty("additionalProperties").GetBoolean());
        Assert.False(Key.GetProperty("additionalProperties").GetBoolean());
        Assert.All(Key.GetProperty("properties").EnumerateObject(), property => Assert.True(property.Value.TryGetProperty("description", out _), property.Name));
    }

    [Fact]
    public void Integers_HaveTheReadersRanges() => Assert.All(KeysFileFormat.Integers, (IntegerProperty integer) =>
    {
        var property = Key.GetProperty("properties").GetProperty(integer.Name);
        Assert.Equal(integer.Minimum, property.GetProperty("minimum").GetInt32());
        Assert.Equal(integer.Maximum, property.GetProperty("maximum").GetInt32());
    });

    [Fact]
    public void Bounds_OfNamesAndLists_AreTheReaders()
    {
        var name = Schema.GetProperty("$defs").GetProperty("name");
        Assert.Equal(KeysFileFormat.MaxNameLength, name.GetProperty("maxLength").GetInt32());
        Assert.Equal($"^[A-Za-z0-9][A-Za-z0-9{KeysFileFormat.NamePunctuation}]*$", name.GetProperty("pattern").GetString());
        Assert.Equal(KeysFileFormat.MaxKeys, Schema.GetProperty("properties").GetProperty("keys").GetProperty("maxItems").GetInt32());
        Assert.Equal(KeysFileFormat.MaxModels, Key.GetProperty("properties").GetProperty("models").GetProperty("maxItems").GetInt32());
    }

    private static IEnumerable<string> Names(JsonElement schema)
        => schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order();
}
