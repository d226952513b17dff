import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const compress = { '.br': promisify(brotliCompress), '.gz': promisify(gzip) }

/** For smaller files, compression saves less than its headers cost. */
const minBytes = 1024

/** Writes `.br` and `.gz` copies of every asset, so that the server never has to compress. */
export function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const folder = join(dir, 'assets')
      const names = (await readdir(folder)).filter((name) => /\.(js|css|svg|json)$/.test(name))
      await Promise.all(names.map((name) => writeCopies(join(folder, name))))
    },
  }
}

async function writeCopies(file: string): Promise<void> {
  const content = await readFile(file)
  if (content.length < minBytes) return
  await Promise.all(
    Object.entries(compress).map(async ([extension, compressFile]) =>
      writeFile(`${file}${extension}`, await compressFile(content)),
    ),
  )
}
