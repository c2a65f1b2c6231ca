using InferServe.Engine.Requests;

namespace InferServe.Worker.Generation;

/// <summary>
/// Keeps tokens until their text has gone out: a text may be held back because it could begin a stop string, and a token may end within
/// a character. Positions are in UTF-16 characters of the answer's text. Not thread-safe.
/// </summary>
internal sealed class TokenTrail
{
    private readonly Queue<(TokenOutput Token, int Start, int End)> _kept = new();
    private int _length;

    /// <summary>Adds a token that makes the text <paramref name="characters"/> longer.</summary>
    public void Add(TokenOutput token, int characters)
    {
        _kept.Enqueue((token, _length, _length += characters));
    }

    /// <summary>Takes out the tokens whose text lies before <paramref name="position"/>.</summary>
    public IReadOnlyList<TokenOutput> TakeUntil(int position)
    {
        var taken = new List<TokenOutput>();
        while (_kept.TryPeek(out var first) && first.End <= position)
        {
            taken.Add(_kept.Dequeue().Token);
        }

        return taken;
    }

    /// <summary>Takes out the rest, when the text ends at <paramref name="position"/>: what begins after it is no part of the answer.</summary>
    public IReadOnlyList<TokenOutput> TakeRest(int position)
    {
        var taken = _kept.Where(kept => kept.Start < position || kept.End <= position).Select(kept => kept.Token).ToList();
        _kept.Clear();
        return taken;
    }
}
