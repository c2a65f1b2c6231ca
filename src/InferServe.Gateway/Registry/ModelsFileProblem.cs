namespace InferServe.Gateway.Registry;

/// <summary>One mistake in the models file.</summary>
/// <param name="Path">JSON path of the offending value, such as <c>$.models[0].replicas</c>.</param>
/// <param name="Line">Line in the file, from 1; 0 when the mistake is the file itself.</param>
/// <param name="Column">Character in the line, from 1; 0 when the mistake is the file itself.</param>
/// <param name="Message">The rule and the given value.</param>
internal sealed record ModelsFileProblem(string Path, int Line, int Column, string Message);
