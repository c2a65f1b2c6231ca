using System.Collections.Frozen;
using System.Collections.Immutable;
using InferServe.Gateway.Registry;
using Microsoft.Extensions.Primitives;

namespace InferServe.Gateway.Supervision;

/// <summary>
/// The models with the workers that take requests for them, at one moment: an immutable snapshot. <see cref="ChangeToken"/> fires when
/// a newer one has replaced it.
/// </summary>
internal sealed class Fleet
{
    public Fleet(ImmutableArray<FleetModel> models, IChangeToken changeToken)
    {
        Models = models;
        ChangeToken = changeToken;
        Workers = models.SelectMany(model => model.Workers).ToFrozenDictionary(worker => worker.Status.Worker.Id, StringComparer.Ordinal);
    }

    public ImmutableArray<FleetModel> Models { get; }

    public IChangeToken ChangeToken { get; }

    /// <summary>The workers by their ids.</summary>
    public FrozenDictionary<string, WorkerLoop> Workers { get; }

    /// <summary>Whether this has the same models with the same workers as another fleet.</summary>
    public bool HasSameMembers(ImmutableArray<FleetModel> models)
        => Models.Length == models.Length && Models.Zip(models).All(pair =>
            ReferenceEquals(pair.First.Model, pair.Second.Model) && pair.First.Workers.SequenceEqual(pair.Second.Workers));
}

/// <summary>A model with its workers that are not retired.</summary>
internal sealed record FleetModel(ModelDefinition Model, ImmutableArray<WorkerLoop> Workers);
