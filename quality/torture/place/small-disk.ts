import { execFileSync } from 'node:child_process'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file system in memory that can be filled. */
export type SmallDisk = { fill(): void; free(): void; close(): void }

const roomy = '2g'

/** Mounts one on a folder; undefined without root. */
export function mountDisk(folder: string): SmallDisk | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${roomy}`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  const resize = (size: string) => execFileSync('mount', ['-o', `remount,size=${size}`, folder])
  const ballast = join(folder, 'ballast')
  return {
    fill() {
      const { blocks, bfree, bsize } = statfsSync(folder)
      // Shrunk first, so that little data fills it.
      resize(String((blocks - bfree) * bsize + 1024 * 1024))
      try {
        for (let size = 1024 * 1024; size >= bsize; size /= 2)
          writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    free() {
      rmSync(ballast, { force: true })
      resize(roomy)
    },
    close: () => void execFileSync('umount', ['--lazy', folder]),
  }
}
