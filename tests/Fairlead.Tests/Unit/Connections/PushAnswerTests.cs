using Fairlead.Core.Sources;
using Fairlead.Programs;
using Fairlead.Programs.Git;
using Fairlead.Programs.Git.Branches;

namespace Fairlead.Tests.Unit.Connections;

/// <summary>What git and the hosts say of a push that did not happen, told apart.</summary>
public sealed class PushAnswerTests
{
    private const string Hook = "[remote rejected] (pre-receive hook declined)";

    private static readonly GitRemote Remote = new(
        new RepositoryAddress("https://git.example.com/acme/shop.git", null, null),
        null,
        null
    );

    [Theory]
    [InlineData("[rejected] (stale info)", "", "branch.moved")]
    [InlineData("[remote rejected] (cannot lock ref 'refs/heads/main': is at 1 but expected 2)", "", "branch.moved")]
    [InlineData("[remote rejected] (failed to update ref)", "", "branch.moved")]
    [InlineData("[remote rejected] (protected branch hook declined)", "remote: error: GH006", "branch.protected")]
    [InlineData("[remote rejected] (push declined)", "remote: error: GH013: Rule violations", "branch.protected")]
    [InlineData(Hook, "GitLab: You are not allowed to push code to protected branches.", "branch.protected")]
    [InlineData(Hook, "remote: Gitea: Not allowed to push to protected branch main", "branch.protected")]
    [InlineData(Hook, "remote: Permission denied to update branch main.", "branch.protected")]
    [InlineData(Hook, "remote: Commits need an issue.", "branch.refused")]
    [InlineData("[remote rejected] (deletion prohibited)", "", "branch.refused")]
    [InlineData(null, "fatal: unable to access 'x': The requested URL returned error: 403", "branch.read-only")]
    [InlineData(null, "fatal: could not read Username for 'https://git.example.com'", "branch.read-only")]
    [InlineData(null, "ERROR: The key you are authenticating with has been marked as read only.", "branch.read-only")]
    [InlineData(null, "error: RPC failed; The requested URL returned error: 502", "reach.host-failing")]
    [InlineData(null, "fatal: Could not resolve host: git.example.com", "reach.host-unknown")]
    public void What_a_push_met_has_one_name(string? summary, string error, string code)
    {
        var output = summary is null ? "" : $"To https://x\n!\tabc:refs/heads/main\t{summary}\nDone\n";
        var result = new ProgramResult(1, output, error);
        Assert.Equal(code, PushAnswer.Read(GitRef.Branch("main")!, Remote, result).Failure?.Code);
    }

    [Fact]
    public void What_went_through_is_done() =>
        Assert.True(PushAnswer.Read(GitRef.Branch("main")!, Remote, new ProgramResult(0, "Done\n", "")).Ok);
}
