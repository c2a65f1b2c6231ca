namespace InferServe.Worker.Generation;

/// <summary>What every part of one answer carries.</summary>
/// <param name="Id">Unique, with the endpoint's prefix.</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="Model">The model's name.</param>
/// <param name="SystemFingerprint">Names the model's files and the server's build.</param>
internal sealed record AnswerIdentity(string Id, long Created, string Model, string SystemFingerprint)
{
    public static AnswerIdentity Create(string prefix, string model, string fingerprint, TimeProvider time) =>
        new($"{prefix}-{Guid.NewGuid():N}", time.GetUtcNow().ToUnixTimeSeconds(), model, fingerprint);
}
