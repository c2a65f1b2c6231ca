namespace InferServe.Worker.Energy;

/// <summary>Something that knows how much energy the worker uses.</summary>
internal interface IEnergySource : IDisposable
{
    /// <summary>What uses the energy, the value of the metric's label <c>source</c>.</summary>
    string Name { get; }

    /// <summary>Joules that the worker used since the last call, or since the source was made.</summary>
    /// <exception cref="EnergyException">The counter cannot be read any longer.</exception>
    double Take();
}
