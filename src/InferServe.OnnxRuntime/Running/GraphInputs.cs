using InferServe.Engine.Model;
using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>The integer inputs of a run: tokens, positions, mask and, where the graph takes it, how many positions get logits.</summary>
internal sealed class GraphInputs : IDisposable
{
    private readonly GraphNames _names;
    private readonly string? _windowInput;
    private readonly bool _takesPositions;
    private readonly HostBuffer<long> _tokens;
    private readonly HostBuffer<long> _positions;
    private readonly HostBuffer<long> _mask;
    private readonly HostBuffer<long>? _window;

    public GraphInputs(LoadedGraph graph)
    {
        var (rows, contextLength) = (graph.Shape.Rows, graph.Shape.Capacity);
        _names = graph.Config.Names;
        _windowInput = graph.WindowInput;
        _takesPositions = graph.Session.Signature.Input(_names.PositionIds) is not null;
        _tokens = new HostBuffer<long>(Math.Max(rows, contextLength));
        _positions = new HostBuffer<long>(Math.Max(rows, contextLength));
        _mask = new HostBuffer<long>(checked(rows * contextLength));
        _window = _windowInput is null ? null : new HostBuffer<long>(1);
    }

    /// <summary>Fills in one new token of each of several rows.</summary>
    /// <param name="before">How many rows come before those of the tokens; they get the token 0.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="positions">Positions of all rows.</param>
    /// <returns>Width of the mask.</returns>
    public int FillDecode(int before, ReadOnlySpan<int> tokens, ReadOnlySpan<int> positions)
    {
        _tokens.Span[..before].Clear();
        StepInputs.Widen(tokens, _tokens.Span[before..]);
        StepInputs.Widen(positions, _positions.Span);
        int width = StepInputs.LongestTotal(positions);
        StepInputs.FillMask(positions, width, _mask.Span);
        return width;
    }

    /// <summary>Fills in new tokens of one row.</summary>
    /// <returns>Width of the mask.</returns>
    public int FillPrefill(PrefillChunk chunk)
    {
        int count = chunk.Tokens.Length;
        int width = chunk.Position + count;
        StepInputs.Widen(chunk.Tokens.Span, _tokens.Span);
        StepInputs.FillRange(chunk.Position, _positions.Span[..count]);
        _mask.Span[..width].Fill(1);
        return width;
    }

    /// <summary>Binds what is filled in.</summary>
    /// <param name="binding">Where to.</param>
    /// <param name="rows">Rows of the run.</param>
    /// <param name="newTokens">New tokens of each.</param>
    /// <param name="width">Width of the mask.</param>
    /// <param name="window">How many of the last positions get logits.</param>
    public void Bind(OrtIoBinding binding, int rows, int newTokens, int width, int window)
    {
        if (_window is not null)
        {
            _window.Span[0] = -window;
            using var start = _window.Tensor(0, 1);
            binding.BindInput(_windowInput!, start);
        }

        using var tokens = _tokens.Tensor(0, rows, newTokens);
        using var mask = _mask.Tensor(0, rows, width);
        binding.BindInput(_names.InputIds, tokens);
        binding.BindInput(_names.AttentionMask, mask);
        if (_takesPositions)
        {
            using var positions = _positions.Tensor(0, rows, newTokens);
            binding.BindInput(_names.PositionIds, positions);
        }
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _positions.Dispose();
        _mask.Dispose();
        _window?.Dispose();
    }
}
