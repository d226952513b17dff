import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'

/**
 * Builds unless the stamp of the last build, a file in its result, shows that the sources are the same.
 * @param build undefined where nothing can be built.
 * @returns whether the result belongs to the sources.
 */
export async function buildIfStale(
  stampFile: string,
  sources: readonly string[],
  build: (() => void | Promise<void>) | undefined,
): Promise<boolean> {
  const stamp = stampOf(sources)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true
  if (build === undefined) return false
  await build()
  writeFileSync(stampFile, stamp)
  return true
}

/** Number of files and time of the newest: changes with an edit or a pull. Tests are part of no build. */
function stampOf(sources: readonly string[]): string {
  const files = sources.flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : path))
  const newest = Math.max(...files.map((path) => statSync(path).mtimeMs))
  return `${files.length} ${newest}`
}

/** `readdirSync` with `recursive` takes ten times as long, at each start. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return filesIn(path)
    return path.endsWith('.test.ts') ? [] : path
  })
}
