using System.Diagnostics;
using System.Globalization;
using System.Text;
using InferServe.Tokenization;

namespace InferServe.Benchmarks;

/// <summary>
/// Measures how fast one thread turns text into tokens and back: the files of a folder one after the other, round after round, and the
/// long texts without ordinary words that make bad algorithms slow. Prints a Markdown table.
/// </summary>
/// <param name="tokenizerFolder">The folder with <c>tokenizer.json</c>.</param>
/// <param name="textFolder">A folder with text files, or one file.</param>
/// <param name="seconds">How long each row is measured at least.</param>
/// <param name="output">Where the table goes.</param>
internal sealed class TokenizerBenchmark(string tokenizerFolder, string textFolder, double seconds, TextWriter output)
{
    private const int LongTextLength = 1 << 20;
    private const string Usage = "usage: InferServe.Benchmarks tokenizer --tokenizer <folder> --text <file or folder> [--seconds 5]";

    /// <param name="arguments"><c>--tokenizer folder --text path [--seconds number]</c>.</param>
    /// <param name="output">Where the table goes.</param>
    /// <exception cref="ArgumentException">An argument is missing or wrong.</exception>
    public static TokenizerBenchmark Parse(string[] arguments, TextWriter output) => arguments switch
    {
        ["--tokenizer", var tokenizer, "--text", var text] => new TokenizerBenchmark(tokenizer, text, 5, output),
        ["--tokenizer", var tokenizer, "--text", var text, "--seconds", var number]
            when double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds > 0 =>
            new TokenizerBenchmark(tokenizer, text, seconds, output),
        _ => throw new ArgumentException(Usage),
    };

    public async Task RunAsync()
    {
        long started = Stopwatch.GetTimestamp();
        var tokenizer = Tokenizer.Load(tokenizerFolder);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{tokenizer.VocabularySize} tokens, loaded in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms\n"));
        await output.WriteLineAsync("| work | texts | MB | tokens | MB/s | tokens/s |");
        await output.WriteLineAsync("| --- | --- | --- | --- | --- | --- |");

        string[] texts = File.Exists(textFolder)
            ? [await File.ReadAllTextAsync(textFolder)]
            : [.. Directory.GetFiles(textFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        await MeasureEncodeAsync(tokenizer, "encode", texts);
        await MeasureDecodeAsync(tokenizer, "decode token by token", texts);
        foreach ((string name, string unit) in new[] { ("a word", "a"), ("spaces", " "), ("digits", "7"), ("ideographs", "語") })
        {
            await MeasureEncodeAsync(tokenizer, $"encode {LongTextLength} characters of {name}", [string.Concat(Enumerable.Repeat(unit, LongTextLength))]);
        }
    }

    private Task MeasureEncodeAsync(Tokenizer tokenizer, string name, string[] texts) =>
        MeasureAsync(name, texts, texts.Sum(text => tokenizer.Encode(text, addSpecialTokens: false).Length), () =>
        {
            foreach (string text in texts)
            {
                tokenizer.Encode(text, addSpecialTokens: false);
            }
        });

    private Task MeasureDecodeAsync(Tokenizer tokenizer, string name, string[] texts)
    {
        int[][] tokens = [.. texts.Select(text => tokenizer.Encode(text, addSpecialTokens: false))];
        return MeasureAsync(name, texts, tokens.Sum(static ids => ids.Length), () =>
        {
            foreach (int[] ids in tokens)
            {
                IncrementalDetokenizer detokenizer = tokenizer.CreateDetokenizer(skipSpecialTokens: true);
                foreach (int id in ids)
                {
                    detokenizer.Append(id);
                }

                detokenizer.Flush();
            }
        });
    }

    private Task MeasureAsync(string name, string[] texts, int tokens, Action work)
    {
        work();
        int rounds = 0;
        long started = Stopwatch.GetTimestamp();
        while (rounds == 0 || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            work();
            rounds++;
        }

        double time = Stopwatch.GetElapsedTime(started).TotalSeconds / rounds;
        double megabytes = texts.Sum(static text => (long)Encoding.UTF8.GetByteCount(text)) / 1e6;
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {texts.Length} | {megabytes:F2} | {tokens} | {megabytes / time:F1} | {tokens / time:F0} |"));
    }
}
