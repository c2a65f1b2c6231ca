namespace InferServe.Benchmarks.Peer;

/// <summary>What one side made of a set of prompts that started together; times in milliseconds since then, one for each prompt.</summary>
internal sealed record PeerRun(IReadOnlyList<double> FirstToken, IReadOnlyList<double> End, IReadOnlyList<int> Tokens)
{
    /// <summary>Generated tokens a second, prompts included in the time.</summary>
    public double TokensPerSecond => Tokens.Sum() / End.Max() * 1000;

    /// <summary>Generated tokens a second after every stream has its first token.</summary>
    public double DecodeTokensPerSecond => Tokens.Zip(FirstToken, End).Sum(r => (r.First - 1) / (r.Third - r.Second)) * 1000;

    /// <summary>Mean time to the first token.</summary>
    public double MeanFirstToken => FirstToken.Average();
}
