using InferServe.OnnxRuntime.Devices;
using InferServe.Worker.Hosting;
using InferServe.Worker.Metrics;
using InferServe.Worker.Models;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Energy;

/// <summary>Adds up the energy that the model uses, where the machine can tell; elsewhere there is no such metric.</summary>
internal sealed partial class EnergyMeter(
    IOptions<WorkerOptions> options, ModelHost host, WorkerMetrics metrics, TimeProvider time, ILogger<EnergyMeter> logger) : BackgroundService
{
    /// <summary>Far below the minutes after which a counter begins anew.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly List<IEnergySource> _sources = [];

    public override void Dispose()
    {
        _sources.ForEach(source => source.Dispose());
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Add(OpenProcessor);
        using var timer = new PeriodicTimer(Interval, time);
        var seesModel = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!seesModel && host.Status.Model is { } model)
            {
                seesModel = true;
                Add(() => OpenDevice(model.Device));
            }

            _sources.RemoveAll(source => !TryTake(source));
            if (seesModel && _sources.Count == 0)
            {
                return;
            }
        }
    }

    private ProcessorEnergy? OpenProcessor() =>
        PowercapZone.Find(options.Value.PowercapFolder) is { Count: > 0 } zones ? new ProcessorEnergy(zones, ProcessorShare.OfThisProcess()) : null;

    private GpuEnergy? OpenDevice(string device) => device == DeviceOptions.Cuda
        ? GpuEnergy.Open(
            GpuEnergy.Library,
            GpuEnergy.DeviceId(Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"), options.Value.DeviceIndex),
            sameOrder: Environment.GetEnvironmentVariable("CUDA_DEVICE_ORDER") == "PCI_BUS_ID")
        : null;

    private void Add(Func<IEnergySource?> open)
    {
        try
        {
            if (open() is { } source)
            {
                _sources.Add(source);
            }
        }
        catch (EnergyException exception)
        {
            LogNotMeasured(exception.Message);
        }
    }

    private bool TryTake(IEnergySource source)
    {
        try
        {
            metrics.EnergyUsed(source.Name, source.Take());
            return true;
        }
        catch (EnergyException exception)
        {
            LogNotMeasured(exception.Message);
            source.Dispose();
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Energy is not measured: {Reason}")]
    private partial void LogNotMeasured(string reason);
}
