import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The version of the package. */
export function packageVersion(): string {
  const manifest = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')
  // Our own manifest, so without a schema.
  const { version } = JSON.parse(manifest) as { version: string }
  return version
}
