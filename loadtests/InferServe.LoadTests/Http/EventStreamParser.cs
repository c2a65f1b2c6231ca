using System.Buffers;

namespace InferServe.LoadTests.Http;

/// <summary>
/// Cuts bytes into the data of server-sent events (WHATWG HTML, "Parsing an event stream"), wherever the network cuts the bytes. Only the
/// <c>data</c> field matters here; the others are read over. An event is bounded by <see cref="MostEventBytes"/>.
/// </summary>
internal sealed class EventStreamParser
{
    /// <summary>Largest event, in bytes.</summary>
    public const int MostEventBytes = 8 << 20;

    private readonly ArrayBufferWriter<byte> _line = new(512);
    private readonly ArrayBufferWriter<byte> _data = new(512);
    private bool _hasData;
    private bool _afterCarriageReturn;
    private bool _first = true;

    /// <summary>Takes the next bytes and hands over the events that they complete.</summary>
    /// <exception cref="InvalidDataException">An event is too large.</exception>
    public void Feed(ReadOnlySpan<byte> bytes, IEventReceiver receiver)
    {
        while (!bytes.IsEmpty)
        {
            if (_afterCarriageReturn && bytes[0] == (byte)'\n')
            {
                bytes = bytes[1..];
                _afterCarriageReturn = false;
                continue;
            }

            _afterCarriageReturn = false;
            int end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            Bound(_line.WrittenCount + (end < 0 ? bytes.Length : end));
            if (end < 0)
            {
                _line.Write(bytes);
                return;
            }

            _line.Write(bytes[..end]);
            _afterCarriageReturn = bytes[end] == (byte)'\r';
            bytes = bytes[(end + 1)..];
            EndLine(receiver);
        }
    }

    private void EndLine(IEventReceiver receiver)
    {
        ReadOnlySpan<byte> line = _line.WrittenSpan;
        if (_first && line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            line = line[3..];
        }

        _first = false;
        if (line.IsEmpty)
        {
            EndEvent(receiver);
        }
        else if (line.StartsWith("data"u8) && (line.Length == 4 || line[4] == (byte)':'))
        {
            line = line.Length == 4 ? [] : line[5..];
            AddData(line.StartsWith(" "u8) ? line[1..] : line);
        }

        _line.ResetWrittenCount();
    }

    private void AddData(ReadOnlySpan<byte> data)
    {
        Bound(_data.WrittenCount + data.Length);
        if (_hasData)
        {
            _data.Write("\n"u8);
        }

        _data.Write(data);
        _hasData = true;
    }

    private void EndEvent(IEventReceiver receiver)
    {
        if (_hasData)
        {
            receiver.OnEvent(_data.WrittenSpan);
        }

        _data.ResetWrittenCount();
        _hasData = false;
    }

    private static void Bound(int bytes)
    {
        if (bytes > MostEventBytes)
        {
            throw new InvalidDataException($"an event of the stream has more than {MostEventBytes} bytes");
        }
    }
}
