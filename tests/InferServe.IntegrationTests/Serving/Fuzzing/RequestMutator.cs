using System.Text;
using System.Text.Json.Nodes;

namespace InferServe.IntegrationTests.Serving.Fuzzing;

/// <summary>Breaks a sound body: values of other types and sizes, nesting, duplicates, huge numbers, half surrogates, broken bytes, other encodings.</summary>
internal sealed class RequestMutator(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "[]", "{}", "\"\"", "-1", "0", "1", "2", "1e999", "-1e-999", "0.1", "1e-300", "99999999999999999999", "9223372036854775807", "2147483648",
        "\"\\u0000\"", "\"ä€😀\"", "\"\\ud800\"", "\"\\udc00x\"", "[[[[[[]]]]]]", "[null]", "[\"\"]", "{\"a\":{\"b\":[1]}}", "\"<|im_end|>\"", "\"auto\"", "\"required\"", "\"user\"",
        "[1,\"a\",null,{}]", "\"{\"", "{\"type\":\"function\"}", "{\"$ref\":\"#\"}", "{\"type\":\"string\",\"minLength\":9,\"maxLength\":1}", "\"(a*)*b\"", "\"[\"", "\"root ::= root\"",
    ];

    private static readonly string[] Scraps = ["{", "}", "[", "]", "\"", ",", ":", "\\u", "\\ud83d", "//x\n", "1", "-", "e", "\0", "NaN", "Infinity", "'", "\uFEFF", "tru", "\n"];

    /// <summary>The body, one to four changes away from the seed.</summary>
    public byte[] Change(string seed)
    {
        JsonNode root = JsonNode.Parse(seed)!;
        var places = new List<(JsonNode Parent, object Key)>();
        for (int times = random.Next(0, 4); times > 0; times--)
        {
            places.Clear();
            Collect(root, places);
            Replace(places[random.Next(places.Count)]);
        }

        string text = Values.Aggregate(root.ToJsonString(), (json, value) => json.Replace($"\"@{Array.IndexOf(Values, value)}@\"", value, StringComparison.Ordinal));
        return random.Next(3) == 0 ? Encode(ChangeText(text)) : Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Puts a mark in the place of a value; the marks become values once the tree is text, so that a value may be what no tree can hold.</summary>
    private void Replace((JsonNode Parent, object Key) place)
    {
        JsonNode mark = JsonValue.Create($"@{random.Next(Values.Length)}@");
        if (place.Parent is JsonArray array)
        {
            array[(int)place.Key] = mark;
        }
        else
        {
            place.Parent.AsObject()[(string)place.Key] = mark;
        }
    }

    private string ChangeText(string text)
    {
        int at = random.Next(text.Length);
        int length = Math.Min(random.Next(1, 30), text.Length - at);
        return random.Next(9) switch
        {
            0 => text[..at],
            1 => text.Remove(at, length),
            2 => text.Insert(at, text.Substring(at, length)),
            3 => text.Insert(at, Scraps[random.Next(Scraps.Length)]),
            4 => text[..^1] + "," + text[1..],
            5 => text.Replace("\"Hi\"", new string('[', 4000) + new string(']', 4000), StringComparison.Ordinal),
            6 => text.Replace("\"Hi\"", "\"" + new string('x', random.Next(100_000)) + "\"", StringComparison.Ordinal),
            7 => text.Replace(":3", ":" + new string('9', 400), StringComparison.Ordinal),
            _ => text + Scraps[random.Next(Scraps.Length)],
        };
    }

    private byte[] Encode(string text)
    {
        switch (random.Next(8))
        {
            case 0:
                return Encoding.Unicode.GetBytes(text);
            case 1:
                return [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)];
            case 2:
                return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)];
            case 3:
                byte[] bytes = Encoding.UTF8.GetBytes(text + " ");
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            case 4:
                return Encoding.Latin1.GetBytes(text);
            default:
                return Encoding.UTF8.GetBytes(text);
        }
    }

    /// <summary>Every value of the tree; the model and the number of tokens stay mostly, so that a round is short and reaches the generation.</summary>
    private void Collect(JsonNode node, List<(JsonNode Parent, object Key)> places)
    {
        bool all = random.Next(30) == 0;
        IEnumerable<(object Key, JsonNode? Value)> children = node switch
        {
            JsonArray array => array.Select((value, index) => ((object)index, value)),
            JsonObject members => members.Where(member => all || member.Key is not ("model" or "max_tokens" or "max_completion_tokens"))
                .Select(member => ((object)member.Key, member.Value)),
            _ => [],
        };
        foreach ((object key, JsonNode? value) in children)
        {
            places.Add((node, key));
            if (value is not null)
            {
                Collect(value, places);
            }
        }
    }
}
