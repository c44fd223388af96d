using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fairlead.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Events : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "HookHeardAt",
                table: "sources",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HookSecretSince",
                table: "sources",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "RefusedRevision",
                table: "sources",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Turn",
                table: "sources",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "HookHeardAt",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "HookSecretSince",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "RefusedRevision",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "Turn",
                table: "sources");
        }
    }
}
