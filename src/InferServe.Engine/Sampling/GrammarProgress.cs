using InferServe.Engine.Requests;
using InferServe.Grammar;

namespace InferServe.Engine.Sampling;

/// <summary>
/// One sequence's way through its grammar. The mask of the next token depends on the accepted tokens alone, so the thread pool computes it
/// while the model runs: <see cref="Begin"/> before the run, <see cref="Wait"/> after it, then <see cref="Accept"/> for the token. Whoever comes
/// first claims the work: a pool that is busy with other things keeps nobody waiting.
/// </summary>
internal sealed class GrammarProgress : IThreadPoolWorkItem, IDisposable
{
    private readonly ITokenConstraint _constraint;
    private readonly ulong[] _mask;
    private readonly ManualResetEventSlim _filled = new(initialState: true);
    private readonly Action<IThreadPoolWorkItem> _queue;

    // Whether a mask is wanted that nobody computes yet.
    private bool _isWanted;
    private bool _isFilled;
    private string? _error;

    /// <param name="grammar">The grammar.</param>
    /// <param name="vocabularySize">Number of tokens.</param>
    /// <param name="queue">Has a work item executed at some time; by default the thread pool does.</param>
    public GrammarProgress(ITokenGrammar grammar, int vocabularySize, Action<IThreadPoolWorkItem>? queue = null)
    {
        _queue = queue ?? (static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false));
        _constraint = grammar.Start();
        _mask = new ulong[(vocabularySize + 63) / 64];
    }

    /// <summary>What makes the grammar unusable; the sequence ends with it.</summary>
    public string? Error => _error;

    /// <summary>Starts to compute the mask of the next token.</summary>
    public void Begin()
    {
        if (_isFilled || _error is not null)
        {
            return;
        }

        _filled.Reset();
        Volatile.Write(ref _isWanted, true);
        _queue(this);
    }

    /// <summary>Waits for the mask.</summary>
    /// <returns>The mask; empty when every token is allowed or <see cref="Error"/> says that there is none.</returns>
    public ReadOnlySpan<ulong> Wait()
    {
        if (TryClaim())
        {
            FillAndTell();
        }

        _filled.Wait();
        if (!_isFilled)
        {
            Fill();
        }

        return _error is null && !_constraint.AllowsEverything ? _mask : default;
    }

    /// <summary>Takes the chosen token.</summary>
    public void Accept(int token)
    {
        _isFilled = false;
        try
        {
            if (!_constraint.TryAccept(token))
            {
                _error = $"The grammar does not allow token {token}, which its own mask allowed.";
            }
        }
        catch (Exception exception)
        {
            _error = Failure(exception);
        }
    }

    public void Dispose()
    {
        // The thread pool may still write the mask.
        if (!TryClaim())
        {
            _filled.Wait();
        }

        _filled.Dispose();
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (TryClaim())
        {
            FillAndTell();
        }
    }

    /// <summary>True for one caller after each <see cref="Begin"/>.</summary>
    private bool TryClaim() => Interlocked.CompareExchange(ref _isWanted, false, true);

    private void FillAndTell()
    {
        Fill();
        _filled.Set();
    }

    private void Fill()
    {
        try
        {
            if (!_constraint.AllowsEverything)
            {
                _constraint.FillMask(_mask);
                _error = _mask.AsSpan().ContainsAnyExcept(0UL) ? null : "The grammar allows no token here.";
            }
        }
        catch (Exception exception)
        {
            _error = Failure(exception);
        }

        _isFilled = true;
    }

    private static string Failure(Exception exception) => TokenOutput.GrammarFailed + exception.Message;
}
