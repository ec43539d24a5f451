using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EnergyNode.Pbm;

/// <summary>Whether a path is this user's own and closed to all others, links not followed.</summary>
[SupportedOSPlatform("linux")]
internal static partial class PrivatePath
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeModeOwner = 0x1 | 0x2 | 0x8; // STATX_TYPE | STATX_MODE | STATX_UID
    private const int StatxBytes = 256;
    private const int OwnerOffset = 20; // stx_uid; statx has one layout on every architecture
    private const int ModeOffset = 28; // stx_mode
    private const int TypeMask = 0xF000;
    private const int LinkType = 0xA000;

    private const int OthersMask = (int)(UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

    public static uint CurrentUser => GetEffectiveUserId();

    public static bool IsPrivate(string path)
    {
        Span<byte> result = stackalloc byte[StatxBytes];
        if (Statx(CurrentDirectory, path, NoFollow, TypeModeOwner, ref MemoryMarshal.GetReference(result)) != 0)
        {
            return false;
        }

        uint owner = BinaryPrimitives.ReadUInt32LittleEndian(result[OwnerOffset..]);
        int mode = BinaryPrimitives.ReadUInt16LittleEndian(result[ModeOffset..]);
        return owner == CurrentUser && (mode & TypeMask) != LinkType && (mode & OthersMask) == 0;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte result);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();
}
