using InferServe.Grammar.Compilation;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Json;

/// <summary>
/// The punctuation of JSON with the white space that may stand beside it: none when compact, else a single space, or a line end with
/// indentation, as the usual serializers write it. Bounded, so that a model cannot fill its answer with white space.
/// </summary>
internal sealed class JsonLayout
{
    private const int MaxIndentation = 64;

    private JsonLayout(bool compact)
    {
        var space = compact ? "" : $@"(?: |\n[ \t]{{0,{MaxIndentation}}})?";
        ObjectOpen = Terminal(@"\{" + space);
        ObjectClose = Terminal(space + @"\}");
        EmptyObjectClose = Terminal(@"\}");
        ArrayOpen = Terminal(@"\[" + space);
        ArrayClose = Terminal(space + @"\]");
        EmptyArrayClose = Terminal(@"\]");
        Comma = Terminal("," + space);
        Colon = Terminal(compact ? ":" : ": ?");
    }

    public static JsonLayout Compact { get; } = new(true);

    public static JsonLayout Spaced { get; } = new(false);

    public Terminal ObjectOpen { get; }

    public Terminal ObjectClose { get; }

    public Terminal EmptyObjectClose { get; }

    public Terminal ArrayOpen { get; }

    public Terminal ArrayClose { get; }

    public Terminal EmptyArrayClose { get; }

    public Terminal Comma { get; }

    public Terminal Colon { get; }

    private static DfaTerminal Terminal(string pattern) =>
        new(RegexCompiler.CompileWhole(pattern, "JSON", TextForm.Plain, new CompileBudget(new GrammarLimits()))) { IsShared = true };
}
