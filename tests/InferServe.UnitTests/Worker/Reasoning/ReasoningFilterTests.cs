using InferServe.Worker.Reasoning;

namespace InferServe.UnitTests.Worker.Reasoning;

public sealed class ReasoningFilterTests
{
    [Theory]
    [InlineData("<think>\nhm, so\n</think>\n\nYes.", false, "hm, so", "Yes.")]
    [InlineData("\n<think>a < b</thin k> </think>x</think>", false, "a < b</thin k>", "x</think>")]
    [InlineData("hm</think> Yes.\n", true, "hm", "Yes.\n")]
    [InlineData(" Yes <think>no</think>", false, "", " Yes <think>no</think>")]
    [InlineData("<thin", false, "", "<thin")]
    [InlineData("<think> cut off ", false, "cut off", "")]
    [InlineData("<think></think>", false, "", "")]
    [InlineData("", true, "", "")]
    public void Append_AnyCutIntoPieces_PartsReasoningFromText(string written, bool opened, string reasoning, string text)
    {
        foreach (var pieces in Cuts.Of(written))
        {
            var filter = new ReasoningFilter("<think>", "</think>", opened);
            var parts = pieces.Select(filter.Append).ToList();
            parts.Add(filter.Flush());

            Assert.Equal(reasoning, string.Concat(parts.Select(part => part.Reasoning)));
            Assert.Equal(text, string.Concat(parts.Select(part => part.Text)));
        }
    }
}
