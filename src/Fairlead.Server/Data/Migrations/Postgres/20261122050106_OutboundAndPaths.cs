using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fairlead.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OutboundAndPaths : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "MissedAt",
                table: "sources",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Looks",
                table: "sources",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "LooksUnchanged",
                table: "sources",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "OutboundOnly",
                table: "sources",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Paths",
                table: "rules",
                type: "text",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<long>(
                name: "ListedTo",
                table: "hooks",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NextListAt",
                table: "hooks",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MissedAt",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "Looks",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "LooksUnchanged",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "OutboundOnly",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "Paths",
                table: "rules");

            migrationBuilder.DropColumn(
                name: "ListedTo",
                table: "hooks");

            migrationBuilder.DropColumn(
                name: "NextListAt",
                table: "hooks");
        }
    }
}
