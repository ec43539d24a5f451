namespace EnergyNode.Pbm;

/// <summary>The values of <c>-o</c>.</summary>
internal enum OutputFormat
{
    Table,
    Wide,
    Json,
    Jsonl,
    Csv,
    Pbm,
}
