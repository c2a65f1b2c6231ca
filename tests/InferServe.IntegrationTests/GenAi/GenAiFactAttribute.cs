using InferServe.GenAi;

namespace InferServe.IntegrationTests.GenAi;

/// <summary>A test of the library ONNX Runtime GenAI: skipped with a reason in a build without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GenAiFactAttribute : FactAttribute
{
    public GenAiFactAttribute()
    {
        if (!GenAiModelRunner.IsPartOfBuild)
        {
            Skip = "ONNX Runtime GenAI is not part of this build: dotnet test tests/InferServe.IntegrationTests -p:WithGenAI=true --filter FullyQualifiedName~GenAi";
        }
    }
}
