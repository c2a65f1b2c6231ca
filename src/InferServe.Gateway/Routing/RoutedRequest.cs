using InferServe.Gateway.Registry;
using Yarp.ReverseProxy.Model;

namespace InferServe.Gateway.Routing;

/// <summary>One request on its way to a worker: what the parts of the proxy's pipeline tell each other.</summary>
/// <param name="model">The model that it asks for.</param>
/// <param name="name">What it calls the model.</param>
internal sealed class RoutedRequest(ModelDefinition model, string name)
{
    /// <summary>What it calls the model: a name, an alias or an adapter's name.</summary>
    public string Name { get; } = name;

    /// <summary>What workers call what it asks for: the model, or one of its adapters.</summary>
    public string NameForWorkers => Model.NameForWorkers(Name);

    /// <summary>The model as it was when the request came, or as it is since a newer models file.</summary>
    public ModelDefinition Model { get; set; } = model;

    /// <summary>The model's cluster of the proxy, since workers were found.</summary>
    public ClusterState? Cluster { get; set; }

    /// <summary>Hashes of the prompt's beginning, each over all before it; empty where it does not matter.</summary>
    public IReadOnlyList<int> Prefix { get; set; } = [];

    /// <summary>Ids of the workers that it was sent to.</summary>
    public List<string> Tried { get; } = [];

    /// <summary>Workers that were lost before they answered.</summary>
    public int Lost { get; set; }

    /// <summary>The latest worker refused the request, and its answer was not passed on.</summary>
    public bool WasRefused { get; set; }

    /// <summary>The latest worker's answer broke off after its beginning was passed on.</summary>
    public bool WasBrokenOff { get; set; }

    /// <summary>The chosen worker was retired in between, and never got the request.</summary>
    public bool WasTurnedAway { get; set; }

    /// <summary>Tells whether another worker could take the request now.</summary>
    public Func<bool> HasAlternative { get; set; } = static () => false;
}
