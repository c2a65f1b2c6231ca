using InferServe.Tokenization;

namespace InferServe.UnitTests.Worker.Generation;

/// <summary>A byte-level tokenizer in which every letter and a few words are tokens.</summary>
internal static class LetterTokenizer
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz<>_/{}:\",";

    /// <summary>Control tokens from number 101 on.</summary>
    private static readonly string[] Marks = ["[TOOL_CALLS]", "[THINK]", "[/THINK]", "<|channel>"];

    public static Tokenizer Create()
    {
        var vocabulary = string.Join(',', Letters.Select((letter, id) => $"\"{(letter == '"' ? "\\\"" : letter)}\":{id}"));
        var marks = string.Join(',', Marks.Select((mark, index) => Special(101 + index, mark)));
        return Tokenizer.Parse($$$"""
            {"version":"1.0","truncation":null,"padding":null,"normalizer":null,"post_processor":null,
             "added_tokens":[{"id":100,"content":"<end>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{{{marks}}}],
             "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true},
             "decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true},
             "model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":null,"end_of_word_suffix":null,
                      "fuse_unk":false,"byte_fallback":false,"ignore_merges":false,"vocab":{{{{vocabulary}}}},"merges":[]}}
            """);
    }

    private static string Special(int id, string text) =>
        $$"""{"id":{{id}},"content":"{{text}}","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}""";

    public static string Text(int id) => Letters[id].ToString();

    public static int[] Ids(string text) => [.. text.Select(letter => Letters.IndexOf(letter, StringComparison.Ordinal))];
}
