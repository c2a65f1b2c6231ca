namespace InferServe.LoadTests.Planning;

/// <summary>What one user does: a single request or the turns of a conversation.</summary>
/// <param name="Index">Position among the sessions of the run; seeds its words.</param>
/// <param name="Start">Seconds from the start of the run at which its first request is due; ignored in a closed loop.</param>
/// <param name="Model">Value of the requests' <c>model</c>.</param>
/// <param name="Group">Which of the shared prefixes or of the file's prompts it uses.</param>
/// <param name="Turns">At least one.</param>
internal sealed record PlannedSession(int Index, double Start, string Model, int Group, IReadOnlyList<PlannedTurn> Turns);
