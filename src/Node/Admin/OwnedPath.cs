using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EnergyNode.Node.Admin;

/// <summary>Who owns a path and what it is, links not followed.</summary>
[SupportedOSPlatform("linux")]
internal static partial class OwnedPath
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeModeOwner = 0x1 | 0x2 | 0x8; // STATX_TYPE | STATX_MODE | STATX_UID
    private const int StatxBytes = 256;
    private const int OwnerOffset = 20; // stx_uid; unlike struct stat, statx has one layout on every architecture
    private const int ModeOffset = 28; // stx_mode
    private const int TypeMask = 0xF000;
    private const int DirectoryType = 0x4000;
    private const int PermissionMask = 0x1FF;

    public static uint CurrentUser => GetEffectiveUserId();

    /// <summary>True for a directory (not a link to one) that this user owns and nobody else may enter.</summary>
    public static bool IsPrivateDirectory(string path)
    {
        Span<byte> result = stackalloc byte[StatxBytes];
        if (Statx(CurrentDirectory, path, NoFollow, TypeModeOwner, ref MemoryMarshal.GetReference(result)) != 0)
        {
            return false;
        }

        uint owner = BinaryPrimitives.ReadUInt32LittleEndian(result[OwnerOffset..]);
        int mode = BinaryPrimitives.ReadUInt16LittleEndian(result[ModeOffset..]);
        const int OwnerOnly = (int)(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return (mode & TypeMask) == DirectoryType
            && owner == CurrentUser
            && (mode & PermissionMask & ~OwnerOnly) == 0;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte result);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();
}
