namespace InferServe.LoadTests.Objectives;

/// <summary>An objective beside what the run showed.</summary>
internal sealed record ObjectiveResult(Objective Objective, double Value)
{
    public bool IsMet => Objective.IsMet(Value);
}
