using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace InferServe.StandInWorker;

/// <summary>How the stand-in answers: the request's body contains one of the words below.</summary>
internal sealed partial class Answers(string name, Behaviour behaviour)
{
    private byte[] _ballast = [];

    public async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (behaviour.LosesRequests)
        {
            context.Abort();
            return;
        }

        if (body.Contains("die-at-once", StringComparison.Ordinal))
        {
            Process.GetCurrentProcess().Kill();
        }

        if (body.Contains("take-memory", StringComparison.Ordinal))
        {
            _ballast = GC.AllocateUninitializedArray<byte>(600 << 20);
            _ballast.AsSpan().Fill(1);
        }

        if (body.Contains("wait-for-release", StringComparison.Ordinal))
        {
            await behaviour.ReleasedAsync(context.RequestAborted);
        }

        if (Pause().Match(body) is { Success: true } pause)
        {
            await Task.Delay(int.Parse(pause.Groups[1].ValueSpan, CultureInfo.InvariantCulture), context.RequestAborted);
        }

        if (body.Contains("wait-for-abort", StringComparison.Ordinal))
        {
            await WaitForAbortAsync(context);
        }
        else if (body.Contains("stream", StringComparison.Ordinal))
        {
            await StreamAsync(context, body);
        }
        else
        {
            Note(context);
            await context.Response.WriteAsJsonAsync(new
            {
                name,
                pid = Environment.ProcessId,
                ballast = _ballast.Length,
                path = context.Request.Path.ToString(),
                headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
                requestId = context.Request.Headers["x-request-id"].ToString(),
                body,
            });
        }
    }

    /// <summary>Ten tokens of prompt, four of them cached, and five of answer.</summary>
    private static void Note(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey("x-inferserve-usage"))
        {
            context.Response.Headers["x-inferserve-usage"] = "10 5 4 0";
        }
    }

    private async Task WaitForAbortAsync(HttpContext context)
    {
        behaviour.Note("arrived");
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            behaviour.Note("aborted");
        }
    }

    /// <summary>
    /// Five events, or as many as <c>events=N</c> says, and <c>[DONE]</c>; or, on demand, two and the rest when released, two and a half and death, or
    /// events without end.
    /// </summary>
    private async Task StreamAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["x-stand-in-pid"] = $"{Environment.ProcessId}";
        var endless = body.Contains("endless", StringComparison.Ordinal);
        var count = Events().Match(body) is { Success: true } events ? int.Parse(events.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 5;
        for (var index = 0; endless || index < count; index++)
        {
            // A prompt of ten tokens, two tokens for each event.
            var note = context.Request.Headers.ContainsKey("x-inferserve-usage") ? $": usage 10 {2 * (index + 1)} 4 0\n\n" : "";
            await SendAsync(context, $"{note}data: {{\"index\":{index}}}\n\n");
            await Task.Delay(20, context.RequestAborted);
            if (index == 1 && behaviour.BreaksStreams)
            {
                context.Abort();
                return;
            }

            if (index == 1 && body.Contains("rest-on-release", StringComparison.Ordinal))
            {
                await behaviour.ReleasedAsync(context.RequestAborted);
            }

            if (index == 1 && body.Contains("die-midway", StringComparison.Ordinal))
            {
                await SendAsync(context, "data: {\"ind");
                await Task.Delay(50, context.RequestAborted);
                Process.GetCurrentProcess().Kill();
            }
        }

        await SendAsync(context, "data: [DONE]\n\n");
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary><c>events=N</c>: events of a stream.</summary>
    [GeneratedRegex("events=([0-9]+)")]
    private static partial Regex Events();

    /// <summary><c>pause=N</c>: milliseconds before the answer.</summary>
    [GeneratedRegex("pause=([0-9]+)")]
    private static partial Regex Pause();
}
