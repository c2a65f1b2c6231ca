using System.Text.Json.Nodes;
using InferServe.Tokenization;

namespace InferServe.UnitTests.Tokenization;

/// <summary>A small tokenizer as Llama 2 has it: ids 0 to 2 are special, then come the bytes, then ▁, h, i, hi, ▁hi and ▁▁.</summary>
internal static class SentencePieceTokenizer
{
    public const int FirstByte = 3;

    public static Tokenizer Create()
    {
        var vocabulary = new JsonObject { ["<unk>"] = 0, ["<s>"] = 1, ["</s>"] = 2 };
        for (int value = 0; value < 256; value++)
        {
            vocabulary.Add($"<0x{value:X2}>", FirstByte + value);
        }

        foreach (string token in new[] { "▁", "h", "i", "hi", "▁hi", "▁▁" })
        {
            vocabulary.Add(token, vocabulary.Count);
        }

        JsonObject json = JsonNode.Parse("""
            {"added_tokens":[{"id":1,"content":"<s>","normalized":false,"special":true}],
             "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]},
             "decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
             "model":{"type":"BPE","byte_fallback":true,"unk_token":"<unk>","fuse_unk":true,"merges":["h i","▁ hi","▁ ▁"]}}
            """)!.AsObject();
        json["model"]!["vocab"] = vocabulary;
        return Tokenizer.Parse(json.ToJsonString());
    }
}
