using InferServe.LoadTests.Http;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Running;

/// <summary>A session whose first request is ready to be sent.</summary>
internal sealed record PreparedSession(PlannedSession Session, IReadOnlyList<ChatMessage> Messages, OutgoingRequest First);
