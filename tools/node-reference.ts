import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { catalogue } from '../src/nodes/catalogue.ts'
import { referencePages } from './node-reference/pages.ts'

// Writes docs/nodes.md and docs/nodes/ from the catalogue; with --check it only checks that they are up to date.

const docs = join(import.meta.dirname, '..', 'docs')
const pages = referencePages(catalogue)
const written = await readdir(join(docs, 'nodes')).catch(() => [])
const leftOver = written.map((file) => `nodes/${file}`).filter((file) => !pages.has(file))

if (process.argv.includes('--check')) {
  const changed: string[] = []
  for (const [file, expected] of pages) {
    if ((await readFile(join(docs, file), 'utf8').catch(() => '')) !== expected) changed.push(file)
  }
  for (const file of [...changed, ...leftOver]) {
    console.error(`docs/${file} is stale: run "node tools/node-reference.ts"`)
    process.exitCode = 1
  }
} else {
  await mkdir(join(docs, 'nodes'), { recursive: true })
  for (const [file, text] of pages) await writeFile(join(docs, file), text)
  for (const file of leftOver) await rm(join(docs, file))
  console.log(`docs/nodes: ${catalogue.length} node types on ${pages.size - 1} pages`)
}
