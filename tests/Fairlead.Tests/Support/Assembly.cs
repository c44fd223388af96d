using Fairlead.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresServer))]
