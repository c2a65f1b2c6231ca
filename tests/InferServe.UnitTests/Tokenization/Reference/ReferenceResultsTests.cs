using System.Text.Json;
using System.Text.Json.Nodes;
using InferServe.Tokenization;

namespace InferServe.UnitTests.Tokenization.Reference;

/// <summary>
/// Small random tokenizers of every kind, with the results that Hugging Face tokenizers 0.23.2 gives for random texts and tokens: each
/// line of the file has a whole <c>tokenizer.json</c>, texts with their ids, and ids with their text. "plain" is without special tokens.
/// </summary>
public class ReferenceResultsTests
{
    private static readonly string[] Lines = ReferenceFile.ReadLines();

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Lines.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_Text_GivesTheReferencesIds(int line)
    {
        (Tokenizer tokenizer, Results results) = Read(line);
        Assert.All(results.Encodings, encoding =>
        {
            Assert.Equal(encoding.Ids, tokenizer.Encode(encoding.Text, addSpecialTokens: true));
            Assert.Equal(encoding.PlainIds, tokenizer.Encode(encoding.Text, addSpecialTokens: false));
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decode_Ids_GivesTheReferencesText(int line)
    {
        (Tokenizer tokenizer, Results results) = Read(line);
        Assert.All(results.Decodings, decoding =>
        {
            Assert.Equal(decoding.Text, tokenizer.Decode(decoding.Ids, skipSpecialTokens: false));
            Assert.Equal(decoding.PlainText, tokenizer.Decode(decoding.Ids, skipSpecialTokens: true));
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Append_Ids_JoinsToTheReferencesTextWithoutBreakingCharacters(int line)
    {
        (Tokenizer tokenizer, Results results) = Read(line);
        Assert.All(results.Decodings, decoding =>
        {
            IncrementalDetokenizer detokenizer = tokenizer.CreateDetokenizer(skipSpecialTokens: false);
            string[] pieces = [.. decoding.Ids.Select(detokenizer.Append), detokenizer.Flush()];
            Assert.Equal(decoding.Text, string.Concat(pieces));
            Assert.DoesNotContain(pieces, static piece => piece.Length > 0 && (char.IsHighSurrogate(piece[^1]) || char.IsLowSurrogate(piece[0])));

            // The same object decodes the next text from its start.
            Assert.Equal(decoding.Text, string.Concat(decoding.Ids.Select(detokenizer.Append)) + detokenizer.Flush());
        });
    }

    private static (Tokenizer Tokenizer, Results Results) Read(int line)
    {
        JsonNode node = JsonNode.Parse(Lines[line])!;
        return (Tokenizer.Parse(node["tokenizer"]!.ToJsonString()), node.Deserialize<Results>(JsonSerializerOptions.Web)!);
    }

    private sealed record Results(Encoding[] Encodings, Decoding[] Decodings);

    private sealed record Encoding(string Text, int[] Ids, int[] PlainIds);

    private sealed record Decoding(int[] Ids, string Text, string PlainText);
}
