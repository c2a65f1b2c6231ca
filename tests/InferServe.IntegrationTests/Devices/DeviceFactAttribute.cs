namespace InferServe.IntegrationTests.Devices;

/// <summary>A test on an accelerator: skipped with a reason where the environment names none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DeviceFactAttribute : FactAttribute
{
    public DeviceFactAttribute()
    {
        if (string.IsNullOrEmpty(TestDevice.Name))
        {
            Skip = "No accelerator is named: INFERSERVE_TEST_DEVICE=webgpu or cuda, and INFERSERVE_TEST_RUNTIME=<native library> where the package's has no provider for it (docs/gpu.md).";
        }
    }
}
