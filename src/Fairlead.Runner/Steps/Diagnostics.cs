using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Runner.Logs;
using Fairlead.Runner.Talk;

namespace Fairlead.Runner.Steps;

/// <summary>What the developers of Fairlead need to know, in the job's directory; masked like the log.</summary>
internal sealed class Diagnostics(JobSpec spec, JobMask mask, TimeProvider time)
{
    public const string FileName = "diagnostics.log";

    private const int DiskFull = 28;

    public void Write(string text)
    {
        try
        {
            var line = $"{time.GetUtcNow():O} {mask.Apply(text)}\n";
            File.AppendAllText(Path.Combine(spec.Workspace.Job, FileName), line);
        }
        catch (IOException)
        {
            // The disk is full or gone: the job's result tells of that.
        }
    }

    /// <summary>An exception as the failure a person reads.</summary>
    public Failure Explain(Exception exception)
    {
        Write(exception.ToString());
        return exception is IOException { HResult: var code } && (code & 0xffff) == DiskFull
            ? JobFailures.DiskFull
            : JobFailures.Bug;
    }
}
