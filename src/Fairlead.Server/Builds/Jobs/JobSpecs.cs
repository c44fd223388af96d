using System.Text.Json;
using Fairlead.Contracts.Jobs;
using Fairlead.Server.Execution;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>
/// The descriptions of the jobs of this machine, as files: they are told to runners that were started by a server
/// which may have been replaced since.
/// </summary>
internal sealed class JobSpecs(MachinePaths paths)
{
    public async Task Write(JobSpec spec, CancellationToken cancel)
    {
        var file = File(spec.BuildId, spec.Attempt);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await System.IO.File.WriteAllBytesAsync(
            file,
            JsonSerializer.SerializeToUtf8Bytes(spec, JsonSerializerOptions.Web),
            cancel
        );
    }

    public async Task<JobSpec?> Read(BuildRow build, CancellationToken cancel)
    {
        var file = File(build.Id, build.Attempt);
        return System.IO.File.Exists(file)
            ? JsonSerializer.Deserialize<JobSpec>(
                await System.IO.File.ReadAllBytesAsync(file, cancel),
                JsonSerializerOptions.Web
            )
            : null;
    }

    private string File(long build, int attempt) => paths.Job(build, attempt).Spec;
}
