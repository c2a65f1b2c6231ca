using InferServe.Contracts.Errors;
using InferServe.Contracts.Workers;
using InferServe.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Models;

/// <summary>Holds the worker's one model and its phase; the phases only go forward. Thread-safe.</summary>
internal sealed class ModelHost(IOptions<WorkerOptions> options)
{
    /// <summary>When a client had better ask again after a refusal that passes.</summary>
    public static readonly TimeSpan RetryLater = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private volatile ModelStatus _status = new(ModelPhase.Loading, Model: null);

    public ModelStatus Status => _status;

    /// <summary>The model, when it takes requests.</summary>
    /// <exception cref="ApiException">503: it takes none now.</exception>
    public LoadedModel Require() => _status is { Phase: ModelPhase.Ready, Model: { } model }
        ? model
        : throw new ApiException(Unavailable());

    /// <summary>The model that a request asks for, by what the gateway says or else by the request's own word.</summary>
    /// <inheritdoc cref="Require(string)" path="/exception"/>
    public LoadedModel Require(HttpRequest request, string name) => Require(request.Headers[WorkerHeaders.Model] is [{ Length: > 0 } resolved] ? resolved : name);

    /// <summary>The model, or the model with one of its adapters, when it takes requests and has the name.</summary>
    /// <exception cref="ApiException">503: it takes no requests now. 404: it has another name.</exception>
    public LoadedModel Require(string name)
    {
        var model = Require();
        return model.Names.Contains(name, StringComparer.Ordinal)
            ? model
            : model.Adapters.GetValueOrDefault(name) ?? throw new ApiException(ApiErrors.ModelNotFound(name, [.. model.Names, .. model.Adapters.Keys]));
    }

    /// <summary>The answer while the model takes no requests.</summary>
    public ApiError Unavailable() => ApiErrors.ModelUnavailable(options.Value.EffectiveName, _status.Description, RetryLater);

    /// <summary>Opens the model to requests; false when the worker has been told to stop meanwhile.</summary>
    public bool TryEnterReady(LoadedModel model) => TryLeave(ModelPhase.Loading, new ModelStatus(ModelPhase.Ready, model));

    /// <summary>Notes that the model cannot be served.</summary>
    public bool TryEnterFailed() => TryLeave(ModelPhase.Loading, new ModelStatus(ModelPhase.Failed, Model: null));

    /// <summary>Closes the model to requests; returns it if it was loaded.</summary>
    public LoadedModel? EnterDraining()
    {
        lock (_lock)
        {
            _status = _status with { Phase = _status.Phase is ModelPhase.Failed ? ModelPhase.Failed : ModelPhase.Draining };
            return _status.Model;
        }
    }

    private bool TryLeave(ModelPhase phase, ModelStatus next)
    {
        lock (_lock)
        {
            if (_status.Phase != phase)
            {
                return false;
            }

            _status = next;
            return true;
        }
    }
}
