namespace EnergyNode.Node.Readings;

/// <summary>
/// The bounds of a file to be inspected. The largest feed that is accepted holds 64 Mi characters, read in pieces; what
/// stays in memory of it is at most 400,000 readings of 40 bytes and the links of its entries.
/// </summary>
internal static class ReadingsLimits
{
    /// <summary>Characters of an XML or OCMF file: seven years of quarter-hours at 230 characters each.</summary>
    public const int MaxChars = 67_108_864;

    /// <summary>
    /// Characters from one '&lt;' to the next: what the XML parser may have to hold at once. An OCMF record is the
    /// longest that occurs; <see cref="MaxRecordChars"/>.
    /// </summary>
    public const int MaxRunChars = 262_144;

    /// <summary>Elements within each other. A reading's quality, the deepest that is read, is on level 6.</summary>
    public const int MaxDepth = 32;

    /// <summary>Attributes of one element; the feeds of the standard have at most a handful.</summary>
    public const int MaxAttributes = 64;

    /// <summary>Atom entries of one feed: a block for each day of 200 years, or of 50 meters for four years.</summary>
    public const int MaxEntries = 75_000;

    /// <summary>Resources in all entries of one feed: one in each entry is the custom.</summary>
    public const int MaxResources = MaxEntries;

    /// <summary>Links of one entry: itself, its parent, and what is related to it.</summary>
    public const int MaxLinksOfEntry = 64;

    /// <summary>Characters of one link, as browsers and servers take them at least.</summary>
    public const int MaxHrefChars = 2_048;

    /// <summary>Digits, sign and white space of one number.</summary>
    public const int MaxNumberChars = 64;

    /// <summary>Readings of one file: eleven years of quarter-hours.</summary>
    public const int MaxReadings = 400_000;

    /// <summary>Signed records of one file; checking them all takes seconds, on the slowest curve a minute.</summary>
    public const int MaxRecords = 20_000;

    /// <summary>Characters of one signed record: a hundred readings have about 16,000.</summary>
    public const int MaxRecordChars = 65_536;

    /// <summary>Characters of one public key. 512 bits in hexadecimal with spaces have about 400.</summary>
    public const int MaxKeyChars = 4_096;

    /// <summary>Digits of an OCMF page number: 10¹⁸ − 1 is below 2⁶³.</summary>
    public const int MaxPaginationDigits = 18;

    /// <summary>A payload's readings are on level 3.</summary>
    public const int MaxJsonDepth = 8;

    /// <summary>Problems listed for each rule. All are counted.</summary>
    public const int MaxListedProblems = 1_000;

    /// <summary>
    /// Meters times intervals of one check. As JSON a filled interval has about 160 characters: 1.2 million stay below
    /// 200 MiB. A community of 34 homes for a year.
    /// </summary>
    public const long MaxCheckedIntervals = 1_200_000;

    /// <summary>
    /// Batches of one submission that are not confirmed yet: 64 of at most 128 KiB are 8 MiB, and far within the
    /// ledger's window of 1,024 nonces.
    /// </summary>
    public const int BatchesAhead = 64;

    /// <summary>Bytes read to tell the format of a file that is not XML.</summary>
    public const int HeadBytes = 4_096;

    /// <summary>10¹² Wh in µWh: no meter's register counts so far.</summary>
    public const long MaxRegisterMicroWattHours = 1_000_000_000_000_000_000;

    /// <summary>A leap year: no interval of a reading is longer.</summary>
    public const long MaxIntervalSeconds = 366 * 86_400;
}
