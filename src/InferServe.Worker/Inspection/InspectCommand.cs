using System.Text.Json;
using InferServe.OnnxRuntime.Inspection;
using InferServe.Worker.Hosting;

namespace InferServe.Worker.Inspection;

/// <summary>
/// <c>InferServe.Worker inspect &lt;folder&gt;</c>: says what a model folder is, what it needs, and why it would be refused. It loads the model and runs
/// it once where nothing else speaks against it, since only that shows whether it runs.
/// </summary>
internal static class InspectCommand
{
    /// <returns>0 for a folder that can be served, 1 for one that would be refused, 2 for arguments that are wrong.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (InspectArguments.Parse(arguments, out var mistake) is not { } asked)
        {
            errors.WriteLine(mistake);
            errors.WriteLine(InspectArguments.Usage);
            return ExitCodes.BadConfiguration;
        }

        var report = FolderReports.Create(asked);
        if (!asked.Json)
        {
            // Before the model is loaded: should that end the process, this much is said.
            FolderReportText.WriteDescription(report, output);
            output.Flush();
        }

        if (report.Model.Problems.Count == 0 && !asked.Quick)
        {
            report = report with { Tried = true, Problems = [.. FolderInspector.Try(asked.Folder, asked.GraphFile), .. report.Problems] };
        }

        if (asked.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, InspectionJsonContext.Default.FolderReport));
        }
        else
        {
            FolderReportText.WriteVerdict(report, output);
        }

        return report.Problems.Count == 0 ? 0 : 1;
    }
}
