using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using InferServe.Grammar;
using InferServe.Tokenization;

namespace InferServe.Benchmarks;

/// <summary>
/// Measures grammars without a model: how long JSON schemas take to compile, and how long the mask of the next token takes while valid
/// documents are followed token by token over a tokenizer's real vocabulary. Prints a Markdown table.
/// </summary>
internal sealed class GrammarBenchmark(string tokenizerFolder, string schemaFolder, TextWriter output)
{
    private const int WarmUpSchemas = 40;

    private readonly List<double> _compile = [];
    private readonly List<double> _firstMasks = [];
    private readonly List<double> _laterMasks = [];
    private int _refused;

    /// <param name="arguments"><c>--tokenizer folder --schemas folder</c>; the latter holds files of lines <c>{"schema":…,"valid":[text…]}</c>.</param>
    /// <param name="output">Where the table goes.</param>
    /// <exception cref="ArgumentException">An argument is missing.</exception>
    public static GrammarBenchmark Parse(string[] arguments, TextWriter output) => arguments is ["--tokenizer", var tokenizer, "--schemas", var schemas]
        ? new GrammarBenchmark(tokenizer, schemas, output)
        : throw new ArgumentException("usage: InferServe.Benchmarks grammar --tokenizer <folder> --schemas <folder>");

    public async Task RunAsync()
    {
        var tokenizer = Tokenizer.Load(tokenizerFolder);
        long started = Stopwatch.GetTimestamp();
        var vocabulary = Vocabulary.Create(
            [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(id => tokenizer.IsSpecial(id) ? (ReadOnlyMemory<byte>?)null : tokenizer.TokenBytes(id))],
            tokenizer.EosId is { } end ? [end] : []);
        double vocabularyTime = Milliseconds(started);

        List<(string Schema, string[] Valid)> records = [.. Directory.GetFiles(schemaFolder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(Read)];
        foreach (var (schema, valid) in records.Take(WarmUpSchemas))
        {
            Measure(tokenizer, vocabulary, schema, valid);
        }

        _compile.Clear();
        _firstMasks.Clear();
        _laterMasks.Clear();
        _refused = 0;
        records.ForEach(record => Measure(tokenizer, vocabulary, record.Schema, record.Valid));

        await output.WriteLineAsync($"{records.Count} schemas, {_refused} refused, vocabulary of {vocabulary.Size} tokens (sorted in {vocabularyTime:F0} ms)\n");
        await output.WriteLineAsync("| milliseconds | count | median | p90 | p95 | p99 | mean | most |");
        await output.WriteLineAsync("| --- | --- | --- | --- | --- | --- | --- | --- |");
        await WriteAsync("compile a schema", _compile);
        await WriteAsync("mask, first document of a grammar", _firstMasks);
        await WriteAsync("mask, same document again", _laterMasks);
    }

    private static (string Schema, string[] Valid) Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return (document.RootElement.GetProperty("schema").GetRawText(), [.. document.RootElement.GetProperty("valid").EnumerateArray().Select(text => text.GetString()!)]);
    }

    private void Measure(Tokenizer tokenizer, Vocabulary vocabulary, string schema, string[] valid)
    {
        ITokenGrammar grammar;
        long started = Stopwatch.GetTimestamp();
        try
        {
            grammar = new GrammarCompiler(vocabulary).Compile(GrammarExpression.Schema(schema));
        }
        catch (GrammarException)
        {
            _refused++;
            return;
        }

        _compile.Add(Milliseconds(started));
        int[] tokens = tokenizer.Encode(valid[0], addSpecialTokens: false);
        Follow(grammar, vocabulary, tokens, _firstMasks);
        Follow(grammar, vocabulary, tokens, _laterMasks);
    }

    private static void Follow(ITokenGrammar grammar, Vocabulary vocabulary, int[] tokens, List<double> times)
    {
        ITokenConstraint constraint = grammar.Start();
        ulong[] mask = new ulong[vocabulary.MaskWords];
        foreach (int token in tokens)
        {
            long started = Stopwatch.GetTimestamp();
            constraint.FillMask(mask);
            times.Add(Milliseconds(started));
            if (!constraint.TryAccept(token))
            {
                throw new InvalidOperationException($"A valid document was refused at token {token}.");
            }
        }
    }

    private static double Milliseconds(long started) => Stopwatch.GetElapsedTime(started).TotalMilliseconds;

    private Task WriteAsync(string name, List<double> times)
    {
        times.Sort();
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {times.Count} | {At(0.5):F3} | {At(0.9):F3} | {At(0.95):F3} | {At(0.99):F3} | {times.Average():F3} | {times[^1]:F1} |"));

        double At(double share) => times[Math.Min(times.Count - 1, (int)(share * times.Count))];
    }
}
