using InferServe.Worker.Answers;

namespace InferServe.UnitTests.Worker;

/// <summary>Parts of an answer as one line.</summary>
internal static class Parts
{
    /// <summary>What a parser finds in pieces: texts, [reasoning] and calls(…) in their order, adjacent texts joined.</summary>
    public static string Of(IAnswerParser parser, IEnumerable<string> pieces)
    {
        var found = pieces.SelectMany(parser.Append).ToList();
        found.AddRange(parser.Flush());
        return Show(found);
    }

    public static string Show(IEnumerable<AnswerPart> parts)
    {
        var shown = new List<string>();
        AnswerPart? last = null;
        foreach (var part in parts)
        {
            switch (part)
            {
                case AnswerPart.Text text when last is AnswerPart.Text:
                    shown[^1] += text.Value;
                    break;
                case AnswerPart.Text text:
                    shown.Add(text.Value);
                    break;
                case AnswerPart.Reasoning reasoning when last is AnswerPart.Reasoning:
                    shown[^1] = $"{shown[^1][..^1]}{reasoning.Value}]";
                    break;
                case AnswerPart.Reasoning reasoning:
                    shown.Add($"[{reasoning.Value}]");
                    break;
                case AnswerPart.Call call:
                    shown.Add($"{call.Name}({call.Arguments})");
                    break;
            }

            last = part;
        }

        return string.Join('|', shown);
    }
}
