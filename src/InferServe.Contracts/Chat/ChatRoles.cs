namespace InferServe.Contracts.Chat;

/// <summary>Who speaks in a chat.</summary>
public static class ChatRoles
{
    public const string System = "system";
    public const string Developer = "developer";
    public const string User = "user";
    public const string Assistant = "assistant";
    public const string Tool = "tool";

    /// <summary>All roles, in the order in which an error names them.</summary>
    public static IReadOnlyList<string> All { get; } = [System, Developer, User, Assistant, Tool];
}
