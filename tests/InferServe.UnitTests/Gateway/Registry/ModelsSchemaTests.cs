using System.Text.Json;
using InferServe.Contracts.Models;
using InferServe.Gateway.Registry;

namespace InferServe.UnitTests.Gateway.Registry;

/// <summary>Keeps models.schema.json, which editors use, in step with the reader.</summary>
public sealed class ModelsSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("models.schema.json"))).RootElement;

    private static JsonElement Model => Schema.GetProperty("$defs").GetProperty("model");

    [Fact]
    public void Properties_OfFileAndModel_AreThoseOfTheReader()
    {
        Assert.Equal(ModelsFileFormat.FileProperties.Order(), Names(Schema));
        Assert.Equal(ModelsFileFormat.ModelProperties.Order(), Names(Model));
        Assert.False(Schema.GetProperty("additionalProperties").GetBoolean());
        Assert.False(Model.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Integers_HaveTheReadersRanges()
        => Assert.All(ModelsFileFormat.Integers, integer =>
        {
            var property = Model.GetProperty("properties").GetProperty(integer.Name);
            Assert.Equal("integer", property.GetProperty("type").GetString());
            Assert.Equal(integer.Minimum, property.GetProperty("minimum").GetInt64());
            Assert.Equal(integer.Maximum, property.GetProperty("maximum").GetInt64());
        });

    [Fact]
    public void Sampling_HasTheReadersRanges()
    {
        var sampling = Model.GetProperty("properties").GetProperty(ModelsFileFormat.Sampling);
        Assert.Equal(ModelsFileFormat.SamplingNumbers.Select(number => number.Name).Append(ModelsFileFormat.TopK.Name).Order(), Names(sampling));
        Assert.All(ModelsFileFormat.SamplingNumbers, number =>
        {
            var property = sampling.GetProperty("properties").GetProperty(number.Name);
            Assert.Equal(number.Minimum, property.GetProperty(number.IsAbove ? "exclusiveMinimum" : "minimum").GetDouble());
            Assert.Equal(number.Maximum, property.GetProperty("maximum").GetDouble());
        });
    }

    [Fact]
    public void Limits_HaveTheReadersRanges()
    {
        var limits = Model.GetProperty("properties").GetProperty(ModelsFileFormat.Limits);
        Assert.Equal(ModelsFileFormat.LimitIntegers.Select(integer => integer.Name).Order(), Names(limits));
        Assert.All(ModelsFileFormat.LimitIntegers, integer =>
        {
            var property = limits.GetProperty("properties").GetProperty(integer.Name);
            Assert.Equal(integer.Minimum, property.GetProperty("minimum").GetInt64());
            Assert.Equal(integer.Maximum, property.GetProperty("maximum").GetInt64());
        });
    }

    [Fact]
    public void Bounds_OfNamesPathsAndLists_AreTheReaders()
    {
        var name = Schema.GetProperty("$defs").GetProperty("name");
        Assert.Equal(ModelsFileFormat.MaxNameLength, name.GetProperty("maxLength").GetInt32());
        Assert.Equal($"^[A-Za-z0-9][A-Za-z0-9{ModelsFileFormat.NamePunctuation}]*$", name.GetProperty("pattern").GetString());
        Assert.Equal(ModelsFileFormat.MaxPathLength, Model.GetProperty("properties").GetProperty("path").GetProperty("maxLength").GetInt32());
        Assert.Equal(ModelsFileFormat.MaxAliases, Model.GetProperty("properties").GetProperty("aliases").GetProperty("maxItems").GetInt32());
        Assert.Equal(ModelsFileFormat.MaxAdapters, Model.GetProperty("properties").GetProperty("adapters").GetProperty("maxItems").GetInt32());
        Assert.Equal(ModelsFileFormat.MaxModels, Schema.GetProperty("properties").GetProperty("models").GetProperty("maxItems").GetInt32());
    }

    [Fact]
    public void AnswerFormats_AreTheReaders()
    {
        Assert.Equal(AnswerFormatNames.Tools, Choices("toolFormat"));
        Assert.Equal(AnswerFormatNames.Reasoning, Choices("reasoningFormat"));
    }

    [Fact]
    public void EveryProperty_HasADescription()
        => Assert.All(
            Schema.GetProperty("properties").EnumerateObject().Concat(Model.GetProperty("properties").EnumerateObject()),
            property => Assert.True(property.Value.TryGetProperty("description", out _) || property.Value.TryGetProperty("$ref", out _), property.Name));

    [Fact]
    public void ShippedModelsFile_NamesTheSchemaAndHasNoMistakeOfForm()
    {
        var config = ModelsFileParser.Parse("models.json", File.ReadAllBytes(Repository.PathOf("models.json")), _ => true, _ => true);

        Assert.Equal("inferserve-nano", config.Models[0].Name);
    }

    private static IEnumerable<string?> Choices(string property)
        => Model.GetProperty("properties").GetProperty(property).GetProperty("enum").EnumerateArray().Select(name => name.GetString());

    private static IEnumerable<string> Names(JsonElement schema)
        => schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order();
}
