namespace InferServe.GenAi;

/// <summary>
/// What one row holds: its tokens, and the generator that has run the first of them, if there is one. Rows are copied by their tokens; the generator catches up when the
/// row runs next.
/// </summary>
internal sealed class GenerationRow(IGeneratorSource source) : IDisposable
{
    private readonly List<int> _tokens = [];
    private ISequenceGenerator? _generator;

    // How many of the tokens the generator has run.
    private int _run;

    /// <summary>Runs tokens behind the first <paramref name="position"/> that the row holds, and before them those that the generator has not run yet.</summary>
    public ISequenceGenerator Run(int position, ReadOnlySpan<int> tokens)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, _tokens.Count);
        Truncate(position);
        _tokens.AddRange(tokens);
        _generator ??= source.Create();
        try
        {
            _generator.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens)[_run..]);
            _run = _tokens.Count;
            return _generator;
        }
        catch
        {
            // The tokens are those of a failed run, too: the caller's positions say which of them count.
            DropGenerator();
            throw;
        }
    }

    /// <summary>Takes over the first tokens of another row. Its generator stays with it until <see cref="TakeGenerator"/>.</summary>
    public void CopyTokens(GenerationRow other, int length) => Fill(other._tokens.GetRange(0, length));

    /// <summary>Holds tokens that no generator has run.</summary>
    public void Fill(IReadOnlyList<int> tokens)
    {
        Clear();
        _tokens.AddRange(tokens);
    }

    /// <summary>Takes the generator of a row that nobody needs any more, and with it the work that is done.</summary>
    public void TakeGenerator(GenerationRow other)
    {
        if (_generator is not null || other._generator is null)
        {
            return;
        }

        (_generator, _run) = (other._generator, other._run);
        (other._generator, other._run) = (null, 0);
        int shared = _tokens.Zip(other._tokens).TakeWhile(pair => pair.First == pair.Second).Count();
        RewindTo(Math.Min(shared, _tokens.Count));
    }

    /// <summary>A copy of the first tokens.</summary>
    public IReadOnlyList<int> First(int length) => _tokens.GetRange(0, length);

    /// <summary>Holds nothing.</summary>
    public void Clear()
    {
        _tokens.Clear();
        DropGenerator();
    }

    public void Dispose() => DropGenerator();

    private void Truncate(int length)
    {
        _tokens.RemoveRange(length, _tokens.Count - length);
        RewindTo(length);
    }

    private void RewindTo(int length)
    {
        if (_run <= length)
        {
            return;
        }

        if (length > 0 && _generator!.TryRewind(length))
        {
            _run = length;
        }
        else
        {
            DropGenerator();
        }
    }

    private void DropGenerator()
    {
        _generator?.Dispose();
        (_generator, _run) = (null, 0);
    }
}
