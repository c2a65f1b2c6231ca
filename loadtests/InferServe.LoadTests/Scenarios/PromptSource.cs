using InferServe.LoadTests.Workload;

namespace InferServe.LoadTests.Scenarios;

/// <summary>What requests say.</summary>
internal abstract record PromptSource;

/// <summary>Independent prompts of random words.</summary>
/// <param name="Tokens">Length of a prompt.</param>
internal sealed record SyntheticPrompts(Distribution Tokens) : PromptSource;

/// <summary>Prompts that begin with one of a few system messages.</summary>
/// <param name="Groups">How many system messages there are.</param>
/// <param name="PrefixTokens">Length of each system message.</param>
/// <param name="Tokens">Length of what follows it.</param>
internal sealed record SharedPrefixPrompts(int Groups, int PrefixTokens, Distribution Tokens) : PromptSource;

/// <summary>Conversations whose history grows by the server's own answers.</summary>
/// <param name="Turns">Requests of a conversation.</param>
/// <param name="SystemTokens">Length of the system message, the same in all conversations; 0 for none.</param>
/// <param name="Tokens">Length of each message of the user.</param>
/// <param name="Think">Seconds between an answer and the next message.</param>
internal sealed record ChatPrompts(Distribution Turns, int SystemTokens, Distribution Tokens, Distribution Think) : PromptSource;

/// <summary>Prompts from a file.</summary>
/// <param name="Prompts">In the order of the file.</param>
/// <param name="Shuffle">Draw them by the seed instead of one after another.</param>
internal sealed record FilePrompts(IReadOnlyList<FilePrompt> Prompts, bool Shuffle) : PromptSource;
