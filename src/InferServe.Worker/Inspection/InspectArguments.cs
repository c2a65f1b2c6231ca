using System.Globalization;

namespace InferServe.Worker.Inspection;

/// <summary>What <c>inspect</c> is asked.</summary>
/// <param name="Folder">The model folder.</param>
/// <param name="GraphFile">The graph to take, or null.</param>
/// <param name="Sequences">For how many sequences memory is told.</param>
/// <param name="Context">The context that would be served, or null for the model's.</param>
/// <param name="Json">Whether the answer is JSON.</param>
/// <param name="Quick">Whether the model is not loaded.</param>
internal sealed record InspectArguments(string Folder, string? GraphFile, int Sequences, int? Context, bool Json, bool Quick)
{
    public const string Usage =
        "Usage: inspect <folder> [--file <graph>] [--sequences <number>] [--context <tokens>] [--quick] [--json]";

    private const int DefaultSequences = 16;
    private const int MostSequences = 1024;
    private const int MostTokens = 1 << 24;

    /// <summary>Returns null and says what is wrong when something is.</summary>
    public static InspectArguments? Parse(IReadOnlyList<string> arguments, out string mistake)
    {
        mistake = "";
        var asked = new InspectArguments("", null, DefaultSequences, null, Json: false, Quick: false);
        for (int i = 0; i < arguments.Count && mistake.Length == 0; i++)
        {
            string argument = arguments[i];
            string? value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (argument)
            {
                case "--json":
                    asked = asked with { Json = true };
                    break;
                case "--quick":
                    asked = asked with { Quick = true };
                    break;
                case "--file" when value is not null:
                    asked = asked with { GraphFile = value };
                    i++;
                    break;
                case "--sequences" when Number(value, 1, MostSequences) is { } sequences:
                    asked = asked with { Sequences = sequences };
                    i++;
                    break;
                case "--context" when Number(value, 2, MostTokens) is { } context:
                    asked = asked with { Context = context };
                    i++;
                    break;
                case var _ when argument.StartsWith('-'):
                    mistake = Explain(argument, value);
                    break;
                case var _ when asked.Folder.Length > 0:
                    mistake = $"There is one folder too many: '{argument}'.";
                    break;
                default:
                    asked = asked with { Folder = argument };
                    break;
            }
        }

        if (mistake.Length == 0 && asked.Folder.Length == 0)
        {
            mistake = "The model folder is missing.";
        }

        return mistake.Length == 0 ? asked : null;
    }

    private static int? Number(string? text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null;

    private static string Explain(string argument, string? value) => argument switch
    {
        "--file" => "--file needs the path of a graph within the folder.",
        "--sequences" => $"--sequences must be a whole number from 1 to {MostSequences}, it is '{value}'.",
        "--context" => $"--context must be a whole number from 2 to {MostTokens}, it is '{value}'.",
        _ => $"There is no option '{argument}'.",
    };
}
