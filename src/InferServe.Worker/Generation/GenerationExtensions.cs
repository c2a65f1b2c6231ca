namespace InferServe.Worker.Generation;

internal static class GenerationExtensions
{
    /// <summary>What turns requests of any endpoint into answers.</summary>
    public static IServiceCollection AddGeneration(this IServiceCollection services) => services
        .AddSingleton<AnswerWriter>()
        .AddSingleton<AnswerService>();
}
