using Fairlead.Emulators.Programs;
using Fairlead.Server.Execution.Engines;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>
/// What a hostile Dockerfile must not do. Each attempt worked against some common engine; most leave the choice to the
/// engine whether to refuse the build or to let it find nothing.
/// </summary>
public abstract class EscapeContract(EngineFixture fixture) : EngineContract(fixture)
{
    /// <summary>A directory of the machine anyone may read and write, and that no build may see.</summary>
    private readonly HostTrap _trap = new();

    public override void Dispose()
    {
        _trap.Dispose();
        base.Dispose();
    }

    public static TheoryData<string, string> Mounts =>
        new()
        {
            {
                "a link to / made by a stage, as the source of a bind mount",
                "FROM BASE AS a\nRUN ln -s / /root-of-host\nFROM BASE\n"
                    + "RUN --mount=type=bind,rw,from=a,source=/root-of-host,target=/h TRY"
            },
            {
                "a link to / in the repository, as the source of a bind mount",
                "FROM BASE\nRUN --mount=type=bind,rw,source=rootlink,target=/h TRY"
            },
            {
                "a bind mount from above the build directory",
                "FROM BASE\nRUN --mount=type=bind,rw,source=../../../../../..,target=/h TRY"
            },
            {
                "a cache mount from above its directory",
                "FROM BASE\nRUN --mount=type=cache,source=../../../../../../..,target=/h TRY"
            },
            {
                "a cache mount over a link made by a stage",
                "FROM BASE AS a\nRUN ln -s / /root-of-host\nFROM BASE\n"
                    + "RUN --mount=type=cache,from=a,source=/root-of-host,target=/h TRY"
            },
            {
                "a cache mount whose id climbs",
                "FROM BASE\nRUN --mount=type=cache,id=../../../../../../..,target=/h TRY"
            },
            {
                "a target that is a link to /",
                "FROM BASE\nRUN ln -s / /h && ln -s /proc/1/root /p\nRUN --mount=type=tmpfs,target=/p/x ls /p/ ; TRY"
            },
            { "a copy through a link in the repository", "FROM BASE\nCOPY rootlink/CANARY /h/CANARY\nRUN TRY" },
            { "a copy of the link itself", "FROM BASE\nCOPY rootlink /h\nRUN TRY" },
            {
                "a copy through a link made by a stage",
                "FROM BASE AS a\nRUN ln -s / /root-of-host\nFROM BASE\n"
                    + "COPY --from=a /root-of-host/CANARY /h/CANARY\nRUN TRY"
            },
            {
                "an archive with a link that is unpacked over",
                "FROM BASE\nADD evil.tar /\nCOPY written /link/WRITTEN\nRUN TRY"
            },
            {
                "a working directory in another process's files",
                "FROM BASE\nWORKDIR /proc/self/fd/7\nRUN cat ../../../../..CANARY; "
                    + "cat ../../../../../..CANARY; ls -l /proc/self/fd; TRY"
            },
            { "mounting a disk", "FROM BASE\nRUN mkdir -p /h; mount -t proc p /h; mount -o bind /proc/1/root /h; TRY" },
        };

    [Theory]
    [MemberData(nameof(Mounts))]
    public async Task No_file_of_the_machine_is_read_or_written(string attempt, string dockerfile)
    {
        Assert.NotEmpty(attempt);
        File.CreateSymbolicLink(Source["rootlink"], "/");
        Source.Write("written", "escaped");
        await _trap.Archive(Source["evil.tar"]);
        await Build(
            dockerfile
                .Replace("BASE", Base)
                .Replace("TRY", "cat /hCANARY CANARY; echo escaped > /hWRITTEN; echo escaped > WRITTEN; true")
                .Replace("CANARY", _trap.Canary)
                .Replace("WRITTEN", _trap.Written)
        );
        Assert.DoesNotContain(_trap.Content, Log);
        Assert.False(File.Exists(_trap.Written), "The build wrote to the machine.\n" + Log);
    }

    [Fact]
    public async Task The_trap_would_show_an_escape()
    {
        var content = await Tool.Run("setpriv", [.. HostTrap.AsEngine(Fixture), "cat", _trap.Canary]);
        Assert.Equal(_trap.Content, content);
        await Tool.Run("setpriv", [.. HostTrap.AsEngine(Fixture), "sh", "-c", $"echo escaped > {_trap.Written}"]);
        Assert.True(File.Exists(_trap.Written));
    }

    [Fact]
    public async Task No_process_of_the_machine_is_seen_or_signalled()
    {
        var seconds = Random.Shared.Next(100_000, 999_999).ToString();
        await using var sleeper = Daemon.Start("setpriv", [.. HostTrap.AsEngine(Fixture), "sleep", seconds]);
        await Support.Eventually.True("it sleeps", () => HostProcesses.With($"sleep\0{seconds}").Count > 0);
        // Under setpriv's own name until it has become the program.
        var sleeping = HostProcesses.With($"sleep\0{seconds}");
        await Built(
            $"""
            FROM {Base}
            RUN for p in /proc/[0-9]*; do echo "seen: $(tr '\0' ' ' < $p/cmdline)"; done
            RUN for p in {string.Join(' ', sleeping)} $$; do kill -0 $p && echo process $p answers; done; true
            RUN kill -9 {string.Join(' ', sleeping)}; (trap '' TERM; kill -TERM -1); true
            """
        );
        Assert.DoesNotContain($"sleep {seconds}", Log.Replace("kill", ""));
        Assert.DoesNotContain("dockerd", Log);
        Assert.NotEmpty(HostProcesses.With($"sleep\0{seconds}"));
    }

    [Fact]
    public async Task No_service_on_the_machine_is_reached_but_the_registry()
    {
        await using var ear = new TrapServer();
        Assert.True(await ear.HearsFromOutside(), "The trap does not work.");
        var addresses = new[] { "127.0.0.1", "127.0.1.1", "10.0.2.2", "10.0.2.3", "10.0.2.100", "169.254.169.254" };
        await Built(
            $"""
            FROM {Base}
            RUN for a in {string.Join(' ', addresses.Concat(HostAddresses.Own()))}; do \
                echo hello | timeout 3 nc $a {ear.Port} && echo "reached: $a"; done; true
            RUN printf 'GET /v2/ HTTP/1.0\r\n\r\n' | nc {Fixture.Registry.Host.Replace(':', ' ')}
            """
        );
        Assert.Equal(1, ear.Heard);
        Assert.DoesNotContain("reached: ", Log.Replace("\"reached: $a\"", ""));
    }
}
