using InferServe.Engine.Requests;

namespace InferServe.Engine.Sampling;

/// <summary>What choosing a sequence's next token depends on beside the logits: what occurred, and how far the grammar is. Engine thread only.</summary>
internal sealed class SamplingState : IDisposable
{
    private readonly GenerationRequest _request;
    private readonly int[] _stopTokens;

    /// <param name="request">The request.</param>
    /// <param name="vocabularySize">Number of logits.</param>
    public SamplingState(GenerationRequest request, int vocabularySize)
    {
        _request = request;
        _stopTokens = request.MinTokens > 0 ? [.. request.StopTokens.Where(t => (uint)t < (uint)vocabularySize)] : [];
        if (request.Sampling is not { RepetitionPenalty: 1, PresencePenalty: 0, FrequencyPenalty: 0 })
        {
            Occurrences = [];
            foreach (int token in request.PromptTokens.Span)
            {
                // Tokens that the model does not know are refused by its run; they have no logit to change.
                if ((uint)token < (uint)vocabularySize)
                {
                    Occurrences.TryAdd(token, 0);
                }
            }
        }

        try
        {
            Grammar = request.Grammar is { } grammar ? new GrammarProgress(grammar, vocabularySize) : null;
        }
        catch (Exception exception)
        {
            Error = $"The grammar failed: {exception.Message}";
        }
    }

    /// <summary>Why no token can be chosen at all.</summary>
    public string? Error { get; }

    /// <summary>How often tokens occur in the output; null when no penalty needs it.</summary>
    public Dictionary<int, int>? Occurrences { get; }

    /// <summary>The grammar; null when the output is free.</summary>
    public GrammarProgress? Grammar { get; }

    /// <summary>Stop tokens that the next token must not be.</summary>
    public ReadOnlySpan<int> ForbiddenStops(int generated) => generated < _request.MinTokens ? _stopTokens : default;

    /// <summary>Takes the chosen token.</summary>
    public void Accept(int token)
    {
        if (Occurrences is not null)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(Occurrences, token, out _)++;
        }

        if (Grammar is not null && !_request.StopTokens.Contains(token))
        {
            Grammar.Accept(token);
        }
    }

    public void Dispose() => Grammar?.Dispose();
}
