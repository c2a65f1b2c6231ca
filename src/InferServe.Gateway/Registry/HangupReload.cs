using System.Runtime.InteropServices;

namespace InferServe.Gateway.Registry;

/// <summary>Reads the models file again on SIGHUP, which would end the process otherwise.</summary>
internal sealed class HangupReload(ModelsReloader reloader) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            reloader.Reload("signal");
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration?.Dispose();
}
