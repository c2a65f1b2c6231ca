namespace InferServe.Worker.Generation;

/// <summary>How an answer looks on the wire of one endpoint. One instance serves one answer.</summary>
internal interface IAnswerFormat
{
    /// <summary>The JSON of the events that carry one piece of a streamed answer; may be none.</summary>
    IEnumerable<byte[]> Chunks(AnswerPiece piece);

    /// <summary>The JSON of an answer in one piece.</summary>
    byte[] Whole(Answer answer);
}
