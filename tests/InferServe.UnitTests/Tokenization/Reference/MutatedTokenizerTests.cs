using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InferServe.Tokenization;

namespace InferServe.UnitTests.Tokenization.Reference;

/// <summary>Tokenizer files that are broken in one place or another load or are refused with the file and the place, and work if they load.</summary>
public partial class MutatedTokenizerTests
{
    private const string Text = "The caf\u00E9\u200B 日本語 <s> don't 12\n\n  x👨‍👩‍👧 ";

    [Fact]
    public void Load_MembersReplaced_LoadsOrNamesThePlace()
    {
        var random = new Random(11);
        string[] lines = ReferenceFile.ReadLines();
        int refused = 0;
        for (int round = 0; round < 1500; round++)
        {
            JsonNode tokenizer = JsonNode.Parse(lines[random.Next(lines.Length)])!["tokenizer"]!;
            for (int change = random.Next(1, 3); change > 0; change--)
            {
                Replace(tokenizer, random);
            }

            refused += Refuses(tokenizer.ToJsonString(), mustNamePlace: true) ? 1 : 0;
        }

        Assert.InRange(refused, 200, 1400);
    }

    [Fact]
    public void Load_BytesReplaced_LoadsOrThrowsLoadException()
    {
        var random = new Random(12);
        string[] lines = ReferenceFile.ReadLines();
        for (int round = 0; round < 1000; round++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(JsonNode.Parse(lines[random.Next(lines.Length)])!["tokenizer"]!.ToJsonString());
            int end = Math.Min(bytes.Length, 1500);
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(end)] = "{}[]\",:\\0123456789.truefalsn ()|+*?^$d800"u8[random.Next(40)];
            }

            Refuses(Encoding.UTF8.GetString(bytes), mustNamePlace: false);
        }
    }

    private static bool Refuses(string json, bool mustNamePlace)
    {
        Tokenizer tokenizer;
        try
        {
            tokenizer = Tokenizer.Parse(json);
        }
        catch (TokenizerLoadException exception)
        {
            Assert.StartsWith("tokenizer.json", exception.Message, StringComparison.Ordinal);
            Assert.True(!mustNamePlace || PlaceInFile().IsMatch(exception.Message), exception.Message);
            return true;
        }

        foreach (bool special in new[] { true, false })
        {
            int[] ids = tokenizer.Encode(Text, special);
            IncrementalDetokenizer detokenizer = tokenizer.CreateDetokenizer(special);
            Assert.Equal(tokenizer.Decode(ids, special), string.Concat(ids.Select(detokenizer.Append)) + detokenizer.Flush());
        }

        return false;
    }

    /// <summary>Puts another value in a random place outside the vocabulary, mostly.</summary>
    private static void Replace(JsonNode node, Random random)
    {
        while (true)
        {
            if (node is JsonObject { Count: > 0 } members)
            {
                string name = members.ElementAt(random.Next(members.Count)).Key;
                if (members[name] is { } child and (JsonObject or JsonArray) && random.Next(4) > 0)
                {
                    node = child;
                    continue;
                }

                if (random.Next(5) == 0)
                {
                    members.Remove(name);
                }
                else
                {
                    members[name] = Value(random);
                }
            }
            else if (node is JsonArray { Count: > 0 } items)
            {
                int index = random.Next(items.Count);
                if (items[index] is { } child and (JsonObject or JsonArray) && random.Next(4) > 0)
                {
                    node = child;
                    continue;
                }

                items[index] = Value(random);
            }

            return;
        }
    }

    private static JsonNode? Value(Random random) => random.Next(12) switch
    {
        0 => null,
        1 => true,
        2 => false,
        3 => random.Next(-3, 400),
        4 => 1e300,
        5 => "",
        6 => "a",
        7 => "\u2581",
        8 => new JsonArray(),
        9 => new JsonObject(),
        10 => new JsonArray("a", 1),
        _ => new JsonObject { ["type"] = new[] { "Metaspace", "ByteLevel", "Sequence", "NFC", "Fuse", "WordPiece" }[random.Next(6)] },
    };

    [GeneratedRegex(@"^tokenizer\.json: ('model' is missing|an object is expected|(version|added_tokens|normalizer|pre_tokenizer|post_processor|decoder|model)\b.*: )")]
    private static partial Regex PlaceInFile();
}
