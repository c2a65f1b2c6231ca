using System.Text;
using InferServe.Worker.Answers;
using InferServe.Worker.Reasoning;
using InferServe.Worker.Tools;

namespace InferServe.UnitTests.Worker.Tools;

/// <summary>Random texts of the marks and pieces of all formats: nothing fails, nothing is lost, and the cut does not matter.</summary>
public sealed class ToolFormatFuzzTests
{
    private static readonly string[] Pieces =
    [
        "{\"name\":\"f\",\"arguments\":{\"a\":\"x\"}}", "{\"name\": \"f\", \"parameters\": {}}", "{\"tool_name\":\"f\",\"parameters\":{}}", "{\"a\":1}", "f(a=1)",
        "[f(a='x'), g()]", "f", "a", "1", " ", "\n", "\"", "'", "\\", "{", "}", "[", "]", "(", ")", "<", ">", ":", ",", ";", "=", "```json\n", "```", "function",
        "<function=f>", "</function>", "<parameter=a>", "</parameter>", "call:f{a:1}", "to=functions.f", " commentary", "analysis", "final", "assistant", "json",
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var format in ToolFormats.All)
            {
                cases.Add(format.Name, 1);
                cases.Add(format.Name, 2);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Append_RandomText_LosesNothingHoweverItIsCut(string name, int seed)
    {
        var random = new Random(seed);
        var format = ToolFormats.Named(name);
        var isHarmony = name == "harmony";
        var reasoning = ReasoningFormats.Named(isHarmony ? "harmony" : "none");
        var syntax = new AnswerSyntax(new AnswerFormats(format, reasoning, ModelMarks.None), reasoningOpened: false, [TestTools.Of("f").Function]);
        string[] pieces = [.. Pieces, .. format.Marks, .. format.Marks, .. format.Openings, .. format.StartOpenings];
        for (var round = 0; round < 400; round++)
        {
            var text = new StringBuilder();
            for (var count = random.Next(1, 14); count > 0; count--)
            {
                text.Append(pieces[random.Next(pieces.Length)]);
            }

            var whole = Found(syntax, [text.ToString()]);
            var cut = Found(syntax, Cut(text.ToString(), random));

            Assert.Equal(Parts.Show(whole), Parts.Show(cut));
            if (!isHarmony && !whole.Any(part => part is AnswerPart.Call))
            {
                Assert.Equal(text.ToString(), string.Concat(whole.OfType<AnswerPart.Text>().Select(part => part.Value)));
            }
        }
    }

    private static List<AnswerPart> Found(AnswerSyntax syntax, IEnumerable<string> pieces)
    {
        var parser = syntax.CreateParser();
        var found = pieces.SelectMany(parser.Append).ToList();
        found.AddRange(parser.Flush());
        return found;
    }

    private static IEnumerable<string> Cut(string text, Random random)
    {
        for (var begin = 0; begin < text.Length;)
        {
            var length = Math.Min(text.Length - begin, random.Next(1, 6));
            yield return text.Substring(begin, length);
            begin += length;
        }
    }
}
