namespace InferServe.UnitTests.Worker;

/// <summary>Ways to cut a text into pieces, for what must not depend on the cut.</summary>
internal static class Cuts
{
    /// <summary>The whole, every cut into two and three pieces, and single characters.</summary>
    public static IEnumerable<string[]> Of(string text)
    {
        yield return [text];
        yield return [.. text.Select(letter => letter.ToString())];
        for (var first = 0; first <= text.Length; first++)
        {
            for (var second = first; second <= text.Length; second++)
            {
                yield return [text[..first], text[first..second], text[second..]];
            }
        }
    }
}
