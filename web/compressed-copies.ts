import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const compress = { '.br': promisify(brotliCompress), '.gz': promisify(gzip) }

/** Smaller than this, a compressed copy saves less than its headers cost. */
const smallestBytes = 1024

/** Writes a `.br` and a `.gz` beside every asset, so that the server never compresses anything itself. */
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
  if (content.length < smallestBytes) return
  await Promise.all(
    Object.entries(compress).map(async ([ending, squeeze]) =>
      writeFile(`${file}${ending}`, await squeeze(content)),
    ),
  )
}
