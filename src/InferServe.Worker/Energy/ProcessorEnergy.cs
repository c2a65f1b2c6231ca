namespace InferServe.Worker.Energy;

/// <summary>The worker's part of what the processors and their memory use, by its share of the machine's work.</summary>
internal sealed class ProcessorEnergy(IReadOnlyList<PowercapZone> zones, ProcessorShare share) : IEnergySource
{
    public string Name => "processor";

    public double Take() => zones.Sum(zone => zone.Take()) * share.Take();

    public void Dispose()
    {
        // Files are open for the time of a reading only.
    }
}
