namespace InferServe.Gateway.Registry;

/// <summary>Tells people what a newer models file changes.</summary>
internal static class RegistryChanges
{
    public static IReadOnlyList<string> Between(ModelRegistry before, ModelRegistry after)
    {
        var old = before.Models.ToDictionary(model => model.Name, StringComparer.Ordinal);
        var changes = new List<string>();
        foreach (var model in after.Models)
        {
            if (!old.Remove(model.Name, out var previous))
            {
                changes.Add($"{model.Name} added");
            }
            else if (!model.HasSameWorker(previous) || !model.RemoteWorkers.SequenceEqual(previous.RemoteWorkers))
            {
                changes.Add($"{model.Name} replaced");
            }
            else if (model.Replicas != previous.Replicas)
            {
                changes.Add($"{model.Name} from {previous.Replicas} to {model.Replicas} replicas");
            }
            else if (!model.Aliases.SequenceEqual(previous.Aliases))
            {
                changes.Add($"{model.Name} has other aliases");
            }
        }

        changes.AddRange(old.Keys.Select(name => $"{name} removed"));
        return changes;
    }
}
