namespace InferServe.Tokenization.Models.Unigram;

/// <summary>The best way to a place of a text that is known so far.</summary>
/// <param name="Start">Where the last token of the way begins; negative when no way is known.</param>
/// <param name="Score">The sum of scores.</param>
/// <param name="Id">The last token.</param>
internal record struct BestPath(int Start, double Score, int Id)
{
    public static BestPath None { get; } = new(-1, 0, 0);

    /// <summary>Takes another way if it is better; of equal ones the first is kept.</summary>
    public void Offer(int start, double score, int id)
    {
        if (Start < 0 || score > Score)
        {
            this = new BestPath(start, score, id);
        }
    }
}
