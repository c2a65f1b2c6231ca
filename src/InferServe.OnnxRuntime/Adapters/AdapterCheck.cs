using InferServe.OnnxRuntime.Graph;

namespace InferServe.OnnxRuntime.Adapters;

/// <summary>Whether an adapter fits a graph: every parameter must be an input that the graph has a default for.</summary>
internal static class AdapterCheck
{
    /// <summary>Why the adapter does not fit, one sentence for each parameter.</summary>
    /// <param name="adapter">Its name.</param>
    /// <param name="parameters">What it holds.</param>
    /// <param name="defaults">The graph's inputs that have defaults.</param>
    public static IReadOnlyList<string> Problems(string adapter, IReadOnlyList<AdapterParameter> parameters, IReadOnlyList<TensorSignature> defaults)
    {
        List<string> problems = [];
        if (parameters.Count == 0)
        {
            problems.Add($"the adapter '{adapter}' changes nothing");
        }

        if (defaults.Count == 0)
        {
            problems.Add($"the graph has no inputs for adapters, so the adapter '{adapter}' has nothing to change");
            return problems;
        }

        var inputs = defaults.DistinctBy(input => input.Name).ToDictionary(input => input.Name);
        foreach (var parameter in parameters)
        {
            string subject = $"the parameter '{parameter.Name}' of the adapter '{adapter}'";
            if (!inputs.TryGetValue(parameter.Name, out var input))
            {
                problems.Add($"{subject} is no input of the graph with a default, or is given twice");
                continue;
            }

            inputs.Remove(parameter.Name);
            if (input.Type != parameter.Type)
            {
                problems.Add($"{subject} must be of type {input.Type}, it is {parameter.Type}");
            }

            bool fits = input.Dimensions.Count == parameter.Shape.Count
                && input.Dimensions.Zip(parameter.Shape).All(pair => pair.First < 0 || pair.First == pair.Second);
            if (!fits)
            {
                string expected = string.Join(", ", input.Dimensions.Select(length => length < 0 ? "any" : $"{length}"));
                problems.Add($"{subject} must have shape [{expected}], it has [{string.Join(", ", parameter.Shape)}]");
            }
        }

        return problems;
    }
}
