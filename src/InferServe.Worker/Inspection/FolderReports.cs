using System.Text.Json;
using InferServe.OnnxRuntime.Inspection;
using InferServe.Tokenization;
using InferServe.Tokenization.ChatTemplates;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Inspection;

/// <summary>Gathers what is known of a folder; a mistake in one of its files does not hide those in the others.</summary>
internal static class FolderReports
{
    public static FolderReport Create(InspectArguments asked)
    {
        var model = FolderInspector.Inspect(asked.Folder, asked.GraphFile, asked.Context);
        var report = new FolderReport(model)
        {
            Sequences = asked.Sequences,
            TokensPerSequence = model.ServedContextLength ?? model.ContextLength,
            Problems = model.Problems,
        };
        return Directory.Exists(model.Folder) ? WithText(report) : report;
    }

    private static FolderReport WithText(FolderReport report)
    {
        Tokenizer tokenizer;
        try
        {
            tokenizer = Tokenizer.Load(report.Folder);
            report = report with { Tokenizer = KindOf(report.Folder), TokenizerVocabularySize = tokenizer.VocabularySize };
        }
        catch (TokenizerLoadException exception)
        {
            return With(report, exception.Message);
        }

        try
        {
            var source = ChatTemplateSource.Load(report.Folder, tokenizer.Config);
            report = report with { ChatTemplates = [.. source.Templates.Keys.Order(StringComparer.Ordinal)] };
            foreach (string template in source.Templates.Values)
            {
                ChatTemplate.Parse(template);
            }

            if (source.Templates.Count == 0)
            {
                return report;
            }

            var formats = AnswerFormats.Choose([.. source.Templates.Values], toolFormat: null, reasoningFormat: null, tokenizer);
            return report with { ToolFormat = formats.Tools.Name, ReasoningFormat = formats.Reasoning.Name };
        }
        catch (Exception exception) when (exception is TokenizerLoadException or TemplateException)
        {
            return With(report, exception.Message);
        }
    }

    private static FolderReport With(FolderReport report, string problem) =>
        report with { Problems = [.. report.Problems, problem.TrimEnd('.')] };

    /// <summary>The model's type in a tokenizer.json that is known to be valid.</summary>
    private static string? KindOf(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, "tokenizer.json"));
        using var document = JsonDocument.Parse(file);
        return document.RootElement.TryGetProperty("model", out var model) && model.TryGetProperty("type", out var type) ? type.GetString() : "BPE";
    }
}
