using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Storage.Tests.Processes;

/// <summary>
/// Stands between SQLite and the files of this process and keeps, beside each file that is written, an image of it as it was when it was last synced: all that a disk is bound to
/// hold when the power goes. Everything else works as ever. It exchanges the functions for opening, writing, cutting and syncing in SQLite's own table of them.
/// </summary>
internal static unsafe partial class ForgetfulDisk
{
    private const string Suffix = ".synced";
    private const int MethodsSize = 8 + 18 * 8, Failed = 10 /* SQLITE_IOERR */;

    /// <summary>The beginning of sqlite3_vfs, as far as it is used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileSystem
    {
        public int Version, FileSize, LongestPath;
        public nint Next, Name, Data;
        public delegate* unmanaged[Cdecl]<FileSystem*, byte*, OpenFile*, int, int*, int> Open;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenFile
    {
        public Methods* Methods;
    }

    /// <summary>The beginning of sqlite3_io_methods, as far as it is used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public nint Close, Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Cut;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Sync;
    }

    /// <summary>One file as SQLite has it open, and what has been done to it since its last sync.</summary>
    private sealed class Watched(nint original, string image)
    {
        public Methods* Original => (Methods*)original;
        public List<(long Offset, byte[]? Bytes)> Unsynced { get; } = [];

        public void TakeOver()
        {
            using var file = File.OpenHandle(image, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            foreach (var (offset, bytes) in Unsynced)
                if (bytes is null)
                    RandomAccess.SetLength(file, offset);
                else
                    RandomAccess.Write(file, bytes, offset);
            Unsynced.Clear();
        }
    }

    private static readonly ConcurrentDictionary<nint, Watched> Files = [];
    private static readonly ConcurrentDictionary<nint, nint> Exchanged = [];
    private static delegate* unmanaged[Cdecl]<FileSystem*, byte*, OpenFile*, int, int*, int> _open;

    /// <summary>From here on, for files opened from here on.</summary>
    public static void Install()
    {
        // The provider makes SQLite ready when it is first used.
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_initialize();
        var system = Find(0);
        _open = system->Open;
        system->Open = &Open;
    }

    /// <summary>The power is gone and comes back: the database and its log become what was synced of them, and the rest is forgotten.</summary>
    public static void PowerCut(string database)
    {
        foreach (var file in new[] { database, database + "-wal" })
        {
            if (!File.Exists(file + Suffix))
                File.WriteAllBytes(file + Suffix, []);
            File.Move(file + Suffix, file, overwrite: true);
        }
        File.Delete(database + "-shm");
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial FileSystem* Find(nint name);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(FileSystem* system, byte* name, OpenFile* file, int flags, int* outFlags)
    {
        const int Database = 0x100, Log = 0x80000;
        var code = _open(system, name, file, flags, outFlags);
        if (code != 0 || name is null || file->Methods is null || (flags & (Database | Log)) == 0)
            return code;
        var path = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
        try
        {
            // What is there when the first connection opens it counts as synced.
            if (!File.Exists(path + Suffix))
                File.Copy(path, path + Suffix);
        }
        catch (IOException)
        {
            return Failed;
        }
        Files[(nint)file] = new Watched((nint)file->Methods, path + Suffix);
        file->Methods = (Methods*)Exchanged.GetOrAdd((nint)file->Methods, Exchange);
        return code;
    }

    private static nint Exchange(nint original)
    {
        var copy = (Methods*)NativeMemory.Alloc(MethodsSize);
        NativeMemory.Copy((void*)original, copy, MethodsSize);
        copy->Write = &Write;
        copy->Cut = &Cut;
        copy->Sync = &Sync;
        return (nint)copy;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(OpenFile* file, byte* bytes, int count, long offset)
    {
        var watched = Files[(nint)file];
        watched.Unsynced.Add((offset, new ReadOnlySpan<byte>(bytes, count).ToArray()));
        return watched.Original->Write(file, bytes, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Cut(OpenFile* file, long length)
    {
        var watched = Files[(nint)file];
        watched.Unsynced.Add((length, null));
        return watched.Original->Cut(file, length);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(OpenFile* file, int flags)
    {
        var watched = Files[(nint)file];
        var code = watched.Original->Sync(file, flags);
        try
        {
            if (code == 0)
                watched.TakeOver();
            return code;
        }
        catch (IOException)
        {
            return Failed;
        }
    }
}
