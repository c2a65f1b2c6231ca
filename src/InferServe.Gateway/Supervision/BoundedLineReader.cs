using System.Text;

namespace InferServe.Gateway.Supervision;

/// <summary>Reads lines of any length but keeps at most a limit of each, so that a worker cannot fill the gateway's memory.</summary>
internal static class BoundedLineReader
{
    /// <summary>
    /// The lines of <paramref name="reader"/> without their ends, cut to <paramref name="maxLength"/> characters; empty ones
    /// are skipped.
    /// </summary>
    public static async IAsyncEnumerable<string> ReadLinesAsync(TextReader reader, int maxLength)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            for (var index = 0; index < count; index++)
            {
                if (buffer[index] is not ('\n' or '\r'))
                {
                    if (line.Length < maxLength)
                    {
                        line.Append(buffer[index]);
                    }
                }
                else if (line.Length > 0)
                {
                    yield return line.ToString();
                    line.Clear();
                }
            }
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }
}
