namespace InferServe.LoadTests.Http;

/// <summary>Takes the events of a stream.</summary>
internal interface IEventReceiver
{
    /// <summary>The data of one event, which is valid during the call.</summary>
    void OnEvent(ReadOnlySpan<byte> data);
}
