using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class WorkerSupervisorTests : IDisposable
{
    private readonly WorkerSockets _sockets = new();
    private readonly WorkerProbe _probe;
    private readonly ModelRegistryProvider _registry = new(changeToken => Registry(changeToken, "a"));
    private readonly ErrorLog _log = new();
    private readonly Lifetime _lifetime = new();
    private readonly WorkerSupervisor _supervisor;

    public WorkerSupervisorTests()
    {
        _probe = new WorkerProbe(_sockets);
        var factory = new WorkerFactory(
            _sockets, _probe, Options.Create(new SupervisionOptions()), Options.Create(new GatewayOptions()), TimeProvider.System, NullLoggerFactory.Instance);
        _supervisor = new WorkerSupervisor(_registry, factory, _lifetime, TimeProvider.System, _log);
    }

    [Fact]
    public async Task Reconcile_SomethingThrows_IsLoggedAndTheNextRegistryIsTakenOver()
    {
        var failure = new InvalidOperationException("unexpected");
        await _supervisor.StartAsync(CancellationToken.None);
        _supervisor.Changed += Throw;
        _registry.Replace(changeToken => Registry(changeToken, "a", "b"));
        await Task.WhenAny(_log.FirstError, _supervisor.ExecuteTask!);
        Assert.False(_supervisor.ExecuteTask!.IsCompleted);
        Assert.Same(failure, await _log.FirstError);
        _supervisor.Changed -= Throw;
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = _supervisor.Fleet.ChangeToken.RegisterChangeCallback(_ => told.SetResult(), null);

        _registry.Replace(changeToken => Registry(changeToken, "c"));

        await Task.WhenAny(told.Task, _supervisor.ExecuteTask);
        Assert.Equal(["c"], _supervisor.Fleet.Models.Select(entry => entry.Model.Name));
        _lifetime.StopApplication();
        await _supervisor.StopAsync(CancellationToken.None);

        void Throw() => throw failure;
    }

    public void Dispose()
    {
        _lifetime.Dispose();
        _supervisor.Dispose();
        _registry.Dispose();
        _probe.Dispose();
        _sockets.Dispose();
    }

    /// <summary>Models on other machines: no process starts.</summary>
    private static ModelRegistry Registry(IChangeToken changeToken, params string[] names) => new(
        "models.json", names.Select(name => new ModelDefinition { Name = name, Folder = "", RemoteWorkers = [new Uri("http://h")] }), changeToken);

    private sealed class ErrorLog : ILogger<WorkerSupervisor>
    {
        private readonly TaskCompletionSource<Exception?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> FirstError => _first.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error)
            {
                _first.TrySetResult(exception);
            }
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
