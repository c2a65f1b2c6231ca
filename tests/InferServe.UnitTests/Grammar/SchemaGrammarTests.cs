using InferServe.Grammar;
using InferServe.UnitTests.Grammar.Support;

namespace InferServe.UnitTests.Grammar;

public sealed class SchemaGrammarTests
{
    private static readonly TestVocabulary s_vocabulary = TestVocabulary.Mixed;

    [Theory]
    [InlineData("""{"type":"integer"}""", "0|-0|12|-120", "01|1.0|1e3|+1|-| 1|1 ")]
    [InlineData("""{"type":"number"}""", "0|1.5|-2e10|1E-3|10.0", "1.|.5|1e|0x1|NaN")]
    [InlineData("""{"type":["string","null"]}""", "\"\"|null|\"a b\"|\"\\u00e9\\ud83d\\ude00\\n\"", "nul|\"\\x\"|\"\\ud83d\"|\"\\ude00\"|\"a\nb\"|'a'|true")]
    [InlineData("""{"type":"boolean"}""", "true|false", "True|null|tru")]
    [InlineData("""{"enum":["a",1,null,true,{"b":[1]}]}""", "\"a\"|1|null|true|{\"b\":[1]}|{\"b\": [1]}", "\"b\"|2|false|{\"b\":[]}|{\"b\":[1,1]}|{}")]
    [InlineData("""{"const":{"a":1}}""", "{\"a\":1}", "{\"a\":2}|{\"a\":1,\"b\":1}")]
    [InlineData("""{"minimum":-1.5,"exclusiveMaximum":12,"type":"number"}""", "-1.5|-1.50|-1|0|-0|11.999|0.001", "-1.51|-2|12|12.0|100|1e1")]
    [InlineData("""{"type":"integer","minimum":-5,"maximum":120}""", "-5|0|9|120|119", "-6|121|1000|-10")]
    [InlineData("""{"type":"number","minimum":0}""", "0|1e9|0.5|-0", "-1|-0.1|-1e-9")]
    [InlineData("""{"type":"number","multipleOf":0.25}""", "0|0.25|1.5|-2.750", "0.1|0.255|1e2")]
    [InlineData("""{"type":"integer","multipleOf":7}""", "0|7|-14|1001", "1|8|1000")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", "\"ab\"|\"é中😀\"|\"\\u0041b\"|\"\\ud83d\\ude00x\"", "\"a\"|\"abcd\"|\"\\ud83d\\ude00\"")]
    [InlineData("""{"type":"string","pattern":"^a+$"}""", "\"a\"|\"aaa\"", "\"\"|\"ab\"|\"ba\"")]
    [InlineData("""{"type":"string","pattern":"b\\d"}""", "\"b1\"|\"xxb2\\n\"|\"éb3é\"", "\"b\"|\"bb\"|\"\"")]
    [InlineData("""{"type":"string","pattern":"^\"$"}""", "\"\\\"\"", "\"\\\"\\\"\"|\"\"")]
    [InlineData("""{"type":"string","pattern":"^(?!no)[a-z]+$"}""", "\"yes\"|\"n\"", "\"no\"|\"note\"")]
    [InlineData("""{"type":"string","pattern":"^.*$","maxLength":2}""", "\"ab\"|\"\"", "\"abc\"")]
    public void Compile_Scalar_AcceptsExactlyItsValues(string schema, string valid, string invalid) => Check(schema, valid, invalid);

    [Theory]
    [InlineData("date", "2024-02-29|2023-12-31|2000-02-29", "2023-02-29|2024-13-01|1900-02-29|2024-1-1")]
    [InlineData("time", "10:00:00Z|23:59:59.5+01:00", "24:00:00Z|10:00:00|1:00:00Z")]
    [InlineData("date-time", "2024-01-01T10:00:00Z|2024-01-01t10:00:00.123-05:30", "2024-01-01 10:00:00Z|2024-01-01")]
    [InlineData("duration", "P1D|PT1H30M|P1Y2M|P2W", "P|PT|1D|P1W2D|P1H")]
    [InlineData("email", "a@b.c|x.y+z@ex-ample.com", "a|@b|a@|a..b@c.d|a@-b.c")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567|123e4567e89b12d3a456426614174000")]
    [InlineData("uri", "http://a.b/c?d#e|mailto:x@y.z|urn:a:b|http://[::1]:80/", "a/b|http://a b|//x|:a|http://%zz")]
    [InlineData("ipv4", "1.2.3.4|255.255.255.255|0.0.0.0", "256.1.1.1|1.2.3|01.2.3.4")]
    [InlineData("ipv6", "::|::1|1:2:3:4:5:6:7:8|fe80::1:2|::ffff:1.2.3.4", ":|1::2::3|1:2:3:4:5:6:7|12345::")]
    [InlineData("hostname", "a|a.b-c.de|localhost", "-a|a-|a..b|a_b")]
    [InlineData("json-pointer", "/a~1b/0|/", "a|/~2")]
    [InlineData("relative-json-pointer", "0|1/a|12#", "/a|01|-1/a|0##")]
    [InlineData("uri-reference", "/a/b?c|../d|#e|//h/p|a:b|", "a b|:a|1:b|\\\\x|%zz")]
    [InlineData("iri", "http://ƒøø.ßår/?∂éœ=πîx|urn:ü", "/é|http://é é")]
    [InlineData("iri-reference", "/é|#ü|http://é", "é é|%zz")]
    [InlineData("uri-template", "http://e.c/{a}/{?b,c*}|x|{+p:3}", "{|{a|{ }|}|{a:0}")]
    public void Compile_Format_AcceptsValidStrings(string format, string valid, string invalid) =>
        Check($$"""{"type":"string","format":"{{format}}"}""", Quoted(valid), Quoted(invalid));

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"integer"},"b":{}},"required":["a"],"additionalProperties":false,"type":"object"}""",
        "{\"a\":1}|{\"a\": 1, \"b\": [null]}|{\"b\":{},\"a\":2}|{\n  \"a\": 1\n}|{ \"a\":1 }", "{}|{\"b\":1}|{\"a\":\"x\"}|{\"a\":1,\"c\":1}|{\"a\":1,\"a\":2}|{\"a\":1,}|{\"a\" :1}")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"null"}},"additionalProperties":{"type":"integer"}}""",
        "{}|{\"a\":null,\"zz\":3}|{\"ab\":1,\"\":2}", "{\"a\":1}|{\"b\":null}")]
    [InlineData("""{"type":"object","patternProperties":{"^x":{"type":"integer"},"y$":{"minimum":5}},"additionalProperties":false}""",
        "{}|{\"x\":1}|{\"xy\":5}|{\"ay\":9.5,\"ay2y\":\"t\"}", "{\"xy\":4}|{\"x\":1.5}|{\"z\":1}")]
    [InlineData("""{"type":"object","propertyNames":{"maxLength":2},"minProperties":1,"maxProperties":2}""",
        "{\"a\":1}|{\"a\":1,\"bb\":2}", "{}|{\"abc\":1}|{\"a\":1,\"b\":1,\"c\":1}")]
    [InlineData("""{"type":"object","properties":{"a":{},"b":{}},"dependentRequired":{"a":["b"]},"additionalProperties":false}""",
        "{}|{\"b\":1}|{\"a\":1,\"b\":1}|{\"b\":1,\"a\":1}", "{\"a\":1}")]
    [InlineData("""{"type":"object","dependentSchemas":{"a":{"required":["b"]}},"properties":{"a":{},"b":{}},"additionalProperties":false}""",
        "{}|{\"b\":1}|{\"a\":1,\"b\":1}", "{\"a\":1}")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":2}""", "[1]|[1,2]|[1, 2]|[\n\t1,\n\t2\n]", "[]|[1,2,3]|[\"a\"]|[1,]|[1 ,2]")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}""", "[]|[1]|[1,\"a\"]", "[\"a\"]|[1,\"a\",2]")]
    [InlineData("""{"type":"array","contains":{"const":5},"items":{"type":"integer"},"maxItems":3}""", "[5]|[1,5,2]|[5,5,5]", "[]|[1,2,3]|[1,2,3,5]")]
    [InlineData("""{"type":"array","items":{"enum":[1,2]},"maxItems":1,"uniqueItems":true}""", "[]|[1]", "[1,2]|[3]")]
    public void Compile_Compound_AcceptsExactlyItsValues(string schema, string valid, string invalid) => Check(schema, valid, invalid);

    [Theory]
    [InlineData("""{"anyOf":[{"type":"integer"},{"maxLength":1,"type":"string"}]}""", "1|\"a\"", "\"ab\"|null")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number","minimum":2}]}""", "1|2.5|-7", "2|3|1.5")]
    [InlineData("""{"oneOf":[{"required":["a"]},{"required":["b"]}],"type":"object","additionalProperties":{"type":"null"}}""",
        "{\"a\":null}|{\"b\":null,\"c\":null}", "{}|{\"a\":null,\"b\":null}")]
    [InlineData("""{"allOf":[{"properties":{"a":{"minimum":1}}},{"properties":{"a":{"maximum":3,"type":"integer"}},"required":["a"]}],"type":"object"}""",
        "{\"a\":1}|{\"a\":3,\"x\":0}", "{\"a\":0}|{\"a\":4}|{}")]
    [InlineData("""{"not":{"type":["object","array","string"]}}""", "1|null|true", "\"a\"|{}|[]")]
    [InlineData("""{"type":"object","not":{"required":["a"]}}""", "{}|{\"b\":1}", "{\"a\":1}")]
    [InlineData("""{"type":"string","not":{"enum":["ab","c"]}}""", "\"a\"|\"abc\"|\"\"", "\"ab\"|\"c\"")]
    [InlineData("""{"type":"object","not":{"additionalProperties":{"type":"integer"}}}""", "{\"a\":\"x\"}|{\"a\":1,\"b\":null}", "{}|{\"a\":1}")]
    [InlineData("""{"type":"array","not":{"items":{"type":"integer"}}}""", "[null]|[1,\"a\"]", "[]|[1]")]
    [InlineData("""{"if":{"properties":{"t":{"const":"n"}},"required":["t"]},"then":{"required":["n"]},"else":{"required":["m"]},"type":"object"}""",
        "{\"t\":\"n\",\"n\":1}|{\"m\":1}|{\"t\":\"x\",\"m\":0}", "{\"t\":\"n\"}|{}|{\"t\":\"n\",\"m\":1}")]
    [InlineData("""{"$ref":"#/$defs/t","$defs":{"t":{"type":"object","properties":{"l":{"$ref":"#/$defs/t"},"v":{"type":"integer"}},"additionalProperties":false}}}""",
        "{}|{\"l\":{\"l\":{\"v\":1}},\"v\":2}", "{\"l\":1}|{\"l\":{\"x\":1}}")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/t","type":"null","definitions":{"t":{"type":"integer"}}}""", "1", "null")]
    [InlineData("""{"enum":[1,"a",{"b":1}],"const":1}""", "1", "\"a\"|{\"b\":1}")]
    [InlineData("""{"enum":[1,{"b":1}],"const":{"b":1},"allOf":[{"minProperties":1}]}""", "{\"b\":1}", "1|{}")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema","type":"array","items":[{"type":"null"}],"unevaluatedItems":false}""", "[]|[null]", "[null,null]|[1]")]
    [InlineData("""{"type":"object","not":{"anyOf":[{"additionalProperties":{"type":"integer"}},{"additionalProperties":{"maximum":5}}]},"maxProperties":1}""",
        "{\"a\":5.5}|{\"b\":7.25}", "{}|{\"a\":\"x\"}|{\"a\":7}|{\"a\":7.5,\"b\":7.5}")]
    [InlineData("""{"type":"array","allOf":[{"contains":{"minimum":5}},{"contains":{"multipleOf":2}}],"items":{"type":"integer"},"maxItems":1}""", "[6]|[8]", "[]|[5]|[4]|[5,4]")]
    [InlineData("true", "1|{\"a\":[true,{}]}|\"x\"", "")]
    public void Compile_Combination_AcceptsExactlyItsValues(string schema, string valid, string invalid) => Check(schema, valid, invalid);

    [Theory]
    [InlineData("""{"$id":"http://a.b/root.json","$ref":"item.json#/$defs/n","$defs":{"i":{"$id":"item.json","$defs":{"n":{"type":"null"}}},"n":{"type":"integer"}}}""", "null", "1")]
    [InlineData("""{"$ref":"#/$defs/i","$defs":{"i":{"$id":"item.json","$ref":"#/$defs/n","$defs":{"n":{"type":"null"}}},"n":{"type":"integer"}}}""", "null", "1")]
    [InlineData("""{"$id":"http://a.b/c","$ref":"#x","$defs":{"far":{"$id":"http://a.b/d","$anchor":"x","type":"null"},"near":{"$anchor":"x","type":"integer"}}}""", "1", "null")]
    [InlineData("""{"$ref":"urn:uuid:4a7c-x#/$defs/n","$defs":{"u":{"$id":"urn:uuid:4a7c-x","$defs":{"n":{"type":"null"}}}}}""", "null", "1")]
    [InlineData("""{"enum":[{"$anchor":"x"},{"$id":"y"},3],"$defs":{"n":{"$anchor":"x","const":3}},"allOf":[{"$ref":"#x"}]}""", "3", "1")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#","id":"http://a.b/c","$ref":"d#","definitions":{"d":{"id":"d","type":"integer"}}}""", "1", "null")]
    public void Compile_Reference_IsRelativeToItsResource(string schema, string valid, string invalid) => Check(schema, valid, invalid);

    [Theory]
    [InlineData("http://json-schema.org/draft-04/schema#", "const", "1")]
    [InlineData("http://json-schema.org/draft-04/schema#", "propertyNames", "{}")]
    [InlineData("http://json-schema.org/draft-06/schema#", "if", "{}")]
    [InlineData("http://json-schema.org/draft-07/schema#", "dependentRequired", "{}")]
    [InlineData("https://json-schema.org/draft/2019-09/schema", "prefixItems", "[]")]
    public void Compile_KeywordOfALaterDraft_IsRefusedByName(string dialect, string keyword, string value)
    {
        var error = Assert.Throws<GrammarException>(
            () => s_vocabulary.Compile(GrammarExpression.Schema($$"""{"$schema":"{{dialect}}","{{keyword}}":{{value}}}""")));

        Assert.Contains($"\"{keyword}\" at #", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"uniqueItems":true,"type":"array"}}}""", "\"uniqueItems\" at #/properties/a")]
    [InlineData("""{"items":{"$dynamicRef":"#x"}}""", "\"$dynamicRef\" at #/items")]
    [InlineData("""{"allOf":[{}],"unevaluatedProperties":false}""", "\"unevaluatedProperties\" at #")]
    [InlineData("""{"pattern":"(a)\\1"}""", "back references")]
    [InlineData("""{"pattern":"a(?=b)"}""", "look-ahead")]
    [InlineData("""{"$ref":"#/nowhere"}""", "#/nowhere")]
    [InlineData("""{"$ref":"http://else.where/x"}""", "does not lie within")]
    [InlineData("""{"type":"strin"}""", "\"type\" at #")]
    [InlineData("""{"required":"a"}""", "\"required\" at #")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "No text satisfies")]
    [InlineData("""{"type":"object","required":["a"],"properties":{"a":{"$ref":"#"}}}""", "No text satisfies")]
    [InlineData("false", "No text satisfies")]
    [InlineData("{", "not JSON")]
    [InlineData("""{"const":"\ud83d"}""", "surrogate")]
    [InlineData("""{"type":"array","minItems":50000000,"maxItems":3}""", "No text satisfies")]
    [InlineData("3", "must be an object or a boolean")]
    public void Compile_Unsupported_IsRefusedByName(string schema, string expected)
    {
        var error = Assert.Throws<GrammarException>(() => s_vocabulary.Compile(GrammarExpression.Schema(schema)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_Compact_AllowsNoWhiteSpace()
    {
        var grammar = s_vocabulary.Compile(GrammarExpression.Schema("""{"type":"object"}""", compact: true));

        Assert.True(s_vocabulary.Accepts(grammar, """{"a":[1,2]}"""));
        Assert.False(s_vocabulary.Accepts(grammar, """{"a": 1}"""));
        Assert.False(s_vocabulary.Accepts(grammar, """{ "a":1}"""));
    }

    private static string Quoted(string values) => string.Join('|', values.Split('|').Select(value => $"\"{value}\""));

    private static void Check(string schema, string valid, string invalid)
    {
        foreach (var vocabulary in new[] { TestVocabulary.Bytes, TestVocabulary.Mixed })
        {
            var grammar = vocabulary.Compile(GrammarExpression.Schema(schema));
            Assert.All(valid.Split('|'), text => Assert.True(vocabulary.Accepts(grammar, text), $"{text} must be accepted"));
            Assert.All(invalid.Split('|', StringSplitOptions.RemoveEmptyEntries), text => Assert.False(vocabulary.Accepts(grammar, text), $"{text} must be refused"));
        }
    }
}
