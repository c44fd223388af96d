using Fairlead.Core.Outcomes;

namespace Fairlead.Programs;

public static class ProgramFailures
{
    public const string TimedOutCode = "program.timed-out";

    public static Failure Missing(string program) =>
        new("program.missing", $"The program {Path.GetFileName(program)} is not installed on this machine.", 503)
        {
            Remedy = "Run `fairlead doctor`: it names the package to install.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure TimedOut(string program, TimeSpan after) =>
        new(
            TimedOutCode,
            $"{Path.GetFileName(program)} did not finish within {after.TotalSeconds:0} seconds and was stopped.",
            504
        )
        {
            Retry = Retry.Later,
        };

    public static Failure DidNotStart(string program) =>
        new("program.did-not-start", $"The program {Path.GetFileName(program)} ended as soon as it was started.", 503)
        {
            Remedy = "Its log says why; `fairlead doctor` checks what it needs.",
            Retry = Retry.Later,
        };
}
