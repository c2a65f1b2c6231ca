using InferServe.OnnxRuntime.Rewriting;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Running;

/// <summary>
/// Copies tensors from the host into a device's memory, where only the execution provider can: by runs of a graph that gives back what it gets.
/// What it has copied must not outlive it.
/// </summary>
internal sealed class DeviceUpload(SessionFactory sessions, OrtMemoryInfo memory) : IDisposable
{
    private const string Given = "given";
    private const string Copied = "copied";

    private readonly Dictionary<TensorElementType, GraphSession> _sessions = [];

    /// <summary>A copy on the device, which the caller disposes.</summary>
    /// <exception cref="OnnxRuntimeException">The provider cannot copy.</exception>
    /// <exception cref="Engine.Model.ModelRunException">The device has no room.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Copy(OrtValue value)
    {
        var session = SessionFor(value.GetTensorTypeAndShape().ElementDataType);
        using var binding = session.NewBinding();
        binding.BindInput(Given, value);
        binding.BindOutputToDevice(Copied, memory);
        session.Run(binding);
        return binding.GetOutputValues();
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }
    }

    private GraphSession SessionFor(TensorElementType type)
    {
        if (!_sessions.TryGetValue(type, out var session))
        {
            session = GraphSession.Open(
                new SmallGraph().Node("Identity", [Given], Copied).Input(Given, type, null).Output(Copied, type, null).ToBytes(), sessions);
            _sessions.Add(type, session);
        }

        return session;
    }
}
