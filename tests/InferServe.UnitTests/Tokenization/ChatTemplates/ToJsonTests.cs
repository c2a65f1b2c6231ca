namespace InferServe.UnitTests.Tokenization.ChatTemplates;

/// <summary>The filter that writes JSON. The expected results are those of Jinja2 3.1.</summary>
public class ToJsonTests
{
    [Theory]
    [InlineData("{{ d|tojson }}", "{\"b\": 1, \"a\": [1, 2, {\"x\": null}], \"C\": \"z\"}")]
    [InlineData("{{ d|tojson(indent=2) }}", "{\n  \"b\": 1,\n  \"a\": [\n    1,\n    2,\n    {\n      \"x\": null\n    }\n  ],\n  \"C\": \"z\"\n}")]
    [InlineData("{{ d|tojson(indent=4, sort_keys=true) }}", "{\n    \"C\": \"z\",\n    \"a\": [\n        1,\n        2,\n        {\n            \"x\": null\n        }\n    ],\n    \"b\": 1\n}")]
    [InlineData("{{ d|tojson(separators=(',',':')) }}", "{\"b\":1,\"a\":[1,2,{\"x\":null}],\"C\":\"z\"}")]
    [InlineData("{{ s|tojson }}", "\"Hello w\u00f6rld \ud83d\ude00 it's\"")]
    [InlineData("{{ s|tojson(ensure_ascii=true) }}", "\"Hello w\\u00f6rld \\ud83d\\ude00 it's\"")]
    [InlineData("{{ fl|tojson }}", "[1.0, 0.1, 1e+16, 1e-05, 123456789.123, -0.0, 1000000000000000.0, 5e-324]")]
    [InlineData("{{ []|tojson(indent=2) }}", "[]")]
    [InlineData("{{ {}|tojson(indent=2) }}", "{}")]
    [InlineData("{{ [[]]|tojson(indent=2) }}", "[\n  []\n]")]
    [InlineData("{{ {1:2,None:3,true:4,1.5:5}|tojson }}", "{\"1\": 4, \"null\": 3, \"1.5\": 5}")]
    [InlineData("{{ (1,2)|tojson }}", "[1, 2]")]
    [InlineData("{{ l|tojson|length }}", "9")]
    [InlineData("{{ ms|tojson }}", "[{\"role\": \"user\", \"content\": \"hi\"}, {\"role\": \"assistant\", \"content\": \"yo\", \"k\": 1}, {\"role\": \"User\", \"content\": \"x\"}]")]
    public void Render_Template_PrintsWhatJinjaPrints(string template, string expected) =>
        Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{{ undef|tojson }}", "Object of type Undefined is not JSON serializable")]
    [InlineData("{{ d.items()|tojson }}", "Object of type dict_items is not JSON serializable")]
    public void Render_Mistake_FailsWithTheWordsOfJinja(string template, string expected) =>
        Assert.Equal(expected, Rendering.Failure(template).Reason);
}
