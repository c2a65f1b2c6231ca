using InferServe.Contracts.Generation;

namespace InferServe.Worker.Generation;

/// <summary>How the answers to a request look on the wire of one endpoint. One instance serves one request.</summary>
internal interface IAnswerFormat
{
    /// <summary>The JSON of the events that carry one piece of a streamed answer; may be none.</summary>
    IEnumerable<byte[]> Chunks(ChoicePiece piece);

    /// <summary>The JSON of the events that end a stream when every answer is complete; may be none.</summary>
    IEnumerable<byte[]> Last(Usage usage);

    /// <summary>The JSON of the answers in one piece.</summary>
    byte[] Whole(Answer answer);
}
