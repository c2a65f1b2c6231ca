using System.Text.Json.Nodes;
using InferServe.Tokenization;

namespace InferServe.UnitTests.Tokenization;

/// <summary>
/// Texts of a million characters without a border go through every kind of model. Where work for each character grew with the length of
/// the text, these would not end.
/// </summary>
public class LongTextTests
{
    private const int Length = 1 << 20;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string kind in new[] { "SentencePiece BPE", "BPE with affixes", "Unigram", "Unigram without borders", "WordPiece", "WordLevel" })
            {
                foreach (string unit in new[] { "a", " ", "<x>", " <y> ", "\u0301", "👍" })
                {
                    cases.Add(kind, unit);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_LongRun_EndsAndDecodesAlike(string kind, string unit)
    {
        Tokenizer tokenizer = Create(kind);
        string text = string.Concat(Enumerable.Repeat(unit, Length / unit.Length));
        int[] ids = tokenizer.Encode(text, addSpecialTokens: false);
        IncrementalDetokenizer detokenizer = tokenizer.CreateDetokenizer(skipSpecialTokens: false);
        Assert.Equal(tokenizer.Decode(ids, skipSpecialTokens: false).Length, ids.Sum(id => detokenizer.Append(id).Length) + detokenizer.Flush().Length);
        if (unit == "<x>")
        {
            Assert.Equal(Enumerable.Repeat(tokenizer.TokenToId("<x>")!.Value, text.Length / unit.Length), ids);
        }
    }

    [Fact]
    public void Encode_MillionsOfOverlappingAddedTokens_StripsEachRunOnce()
    {
        // Each of the tokens is white space itself and takes the white space around it.
        Tokenizer tokenizer = TinyTokenizer.Json().WithAdded("  ", "lstrip", "rstrip").WithAdded("\t", "rstrip").Load();
        Assert.Equal([256], tokenizer.Encode(new string(' ', Length), addSpecialTokens: false));
        Assert.Equal(Length / 2, tokenizer.Encode(string.Concat(Enumerable.Repeat("\t ", Length / 2)), addSpecialTokens: false).Length);
    }

    private static Tokenizer Create(string kind)
    {
        JsonObject json = JsonNode.Parse(kind switch
        {
            "SentencePiece BPE" => """
                {"normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]},
                 "decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
                 "model":{"type":"BPE","byte_fallback":true,"unk_token":"?","fuse_unk":true,"vocab":{"?":0,"▁":1,"a":2,"aa":3,"▁▁":4,"aaaa":5,"▁a":6},"merges":["▁ a","a a","▁ ▁","aa aa"]}}
                """,
            "BPE with affixes" => """
                {"decoder":{"type":"BPEDecoder","suffix":"</w>"},
                 "model":{"type":"BPE","unk_token":"?","continuing_subword_prefix":"##","end_of_word_suffix":"</w>","vocab":{"?":0,"a":1,"##a":2,"##aa":3,"##a</w>":4,"##aa</w>":5},"merges":["##a ##a","##a ##a</w>"]}}
                """,
            "Unigram" => """
                {"pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},"decoder":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"},
                 "model":{"type":"Unigram","unk_id":0,"vocab":[["?",0],["▁",-1],["a",-2],["aa",-3],["aaa",-3.5]]}}
                """,
            "Unigram without borders" => """
                {"normalizer":{"type":"NFKC"},"decoder":{"type":"WordPiece","prefix":"","cleanup":false},
                 "model":{"type":"Unigram","unk_id":0,"byte_fallback":true,"vocab":[["?",0],[" ",-1],["a",-2],["  ",-1.5],["aaaaaaaa",-3.5]]}}
                """,
            "WordPiece" => """
                {"normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},
                 "pre_tokenizer":{"type":"BertPreTokenizer"},"decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
                 "model":{"type":"WordPiece","unk_token":"?","continuing_subword_prefix":"##","max_input_chars_per_word":10000000,"vocab":{"?":0,"a":1,"##a":2,"##aa":3}}}
                """,
            _ => """{"pre_tokenizer":{"type":"Whitespace"},"model":{"type":"WordLevel","unk_token":"?","vocab":{"?":0,"a":1}}}""",
        })!.AsObject();
        json["added_tokens"] = JsonNode.Parse("""
            [{"id":100,"content":"<x>","normalized":false,"special":true},{"id":101,"content":"<y>","lstrip":true,"rstrip":true,"normalized":true}]
            """);
        return Tokenizer.Parse(json.ToJsonString());
    }
}
