using System.Text;
using InferServe.Tokenization;

namespace InferServe.UnitTests.Tokenization;

public class IncrementalDetokenizerTests
{
    private readonly Tokenizer _tokenizer = TinyTokenizer.Json("a b").WithAdded("<|end|>", "special").WithAdded("é ").Load();

    [Fact]
    public void Append_ByteByByte_GivesCharactersWhenComplete() =>
        Assert.Equal(["", "", "", "😀", "x", ""], Pieces([.. "😀x"u8]));

    [Fact]
    public void Append_CharacterThatCannotBeCompleted_GivesReplacementCharacter() =>
        Assert.Equal(["", "", "\uFFFDa", ""], Pieces([0xF0, 0x9F, (byte)'a']));

    [Fact]
    public void Append_InvalidByte_GivesReplacementCharacterAtOnce() => Assert.Equal(["\uFFFD", "a", ""], Pieces([0xFF, (byte)'a']));

    [Fact]
    public void Flush_WithinCharacter_GivesOneReplacementCharacter()
    {
        Assert.Equal(["", "", "\uFFFD"], Pieces([0xE2, 0x82]));
        IncrementalDetokenizer detokenizer = _tokenizer.CreateDetokenizer(skipSpecialTokens: false);
        detokenizer.Append(0xE2);
        detokenizer.Flush();
        Assert.Equal("a", detokenizer.Append('a'));
    }

    [Fact]
    public void Append_SpecialToken_IsSkippedWithinCharacterToo()
    {
        IncrementalDetokenizer detokenizer = _tokenizer.CreateDetokenizer(skipSpecialTokens: true);
        Assert.Equal("", detokenizer.Append(0xC3) + detokenizer.Append(_tokenizer.TokenToId("<|end|>")!.Value));
        Assert.Equal("é", detokenizer.Append(0xA9));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Append_RandomIds_JoinsToTheBytesOfAllTokens(bool skipSpecialTokens)
    {
        var random = new Random(5);
        for (int round = 0; round < 3000; round++)
        {
            // Mostly parts of characters, so that every kind of broken sequence occurs.
            int[] ids = [.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3) == 0 ? random.Next(-1, 262) : random.Next(0x80, 0x100))];
            string expected = Encoding.UTF8.GetString(
                [.. ids.Where(id => !skipSpecialTokens || !_tokenizer.IsSpecial(id)).SelectMany(id => _tokenizer.TokenBytes(id).ToArray())]);
            IncrementalDetokenizer detokenizer = _tokenizer.CreateDetokenizer(skipSpecialTokens);
            string[] pieces = [.. ids.Select(detokenizer.Append), detokenizer.Flush()];
            Assert.Equal(expected, string.Concat(pieces));
            Assert.DoesNotContain(pieces, static piece => piece.Length > 0 && char.IsHighSurrogate(piece[^1]));
            Assert.Equal(expected, _tokenizer.Decode(ids, skipSpecialTokens));
        }
    }

    private string[] Pieces(byte[] bytes)
    {
        IncrementalDetokenizer detokenizer = _tokenizer.CreateDetokenizer(skipSpecialTokens: false);
        return [.. bytes.Select(value => detokenizer.Append(value)), detokenizer.Flush()];
    }
}
