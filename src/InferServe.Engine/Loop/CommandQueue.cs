using System.Threading.Channels;
using InferServe.Engine.Requests;
using InferServe.Engine.Scheduling;

namespace InferServe.Engine.Loop;

/// <summary>The commands on their way to the engine thread. Any thread posts; the engine thread does the rest.</summary>
internal sealed class CommandQueue(Scheduler scheduler, SequenceDelivery delivery)
{
    // As long as it needs to be: the gate bounds the requests inside, and each has at most a submission and a few aborts here.
    private readonly Channel<EngineCommand> _commands =
        Channel.CreateUnbounded<EngineCommand>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>True once <see cref="EngineCommand.Stop"/> has arrived.</summary>
    public bool StopRequested { get; private set; }

    /// <summary>False when the loop has ended and nobody will execute the command.</summary>
    public bool Post(EngineCommand command) => _commands.Writer.TryWrite(command);

    /// <summary>Executes what has arrived.</summary>
    public void ExecuteAll()
    {
        while (_commands.Reader.TryRead(out EngineCommand? command))
        {
            Execute(command);
        }
    }

    /// <summary>Blocks the engine thread until a command arrives.</summary>
    public void Wait() => _commands.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Takes no more commands.</summary>
    /// <returns>Sequences whose submission was not executed.</returns>
    public List<Sequence> Close()
    {
        _commands.Writer.TryComplete();
        var sequences = new List<Sequence>();
        while (_commands.Reader.TryRead(out EngineCommand? command))
        {
            if (command is EngineCommand.Submit { Samples: var samples })
            {
                sequences.AddRange(samples);
            }
        }

        return sequences;
    }

    private void Execute(EngineCommand command)
    {
        switch (command)
        {
            case EngineCommand.Submit { Samples: var samples }:
                delivery.Queue(samples);
                break;
            case EngineCommand.Abort { Sequence: { Status: not SequenceStatus.Finished } sequence }:
                delivery.Finish(sequence, FinishReason.Cancelled, error: null);
                break;
            case EngineCommand.AbortAll { Error: var error }:
                foreach (Sequence sequence in scheduler.All.ToList())
                {
                    delivery.Finish(sequence, FinishReason.Error, error);
                }

                break;
            case EngineCommand.Stop:
                StopRequested = true;
                break;
        }
    }
}
