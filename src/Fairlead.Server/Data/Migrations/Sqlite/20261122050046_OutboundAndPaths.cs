using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fairlead.Server.Data.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Looks",
                table: "sources",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "LooksUnchanged",
                table: "sources",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "OutboundOnly",
                table: "sources",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Paths",
                table: "rules",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<long>(
                name: "ListedTo",
                table: "hooks",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NextListAt",
                table: "hooks",
                type: "INTEGER",
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
