import { readFile, writeFile } from 'node:fs/promises'
import { guards, placesOf } from '../quality/rules/faults.ts'
import { withPlaces } from '../quality/rules/security-page.ts'

// Writes where the code keeps each rule into the tables of SECURITY.md, from the markers in the sources; with --check it only checks.

const page = new URL('../SECURITY.md', import.meta.url)
const text = await readFile(page, 'utf8')
const expected = withPlaces(text, placesOf(guards()))

if (!process.argv.includes('--check')) {
  await writeFile(page, expected)
} else if (text !== expected) {
  console.error('SECURITY.md is stale: run "node tools/rules-reference.ts"')
  process.exitCode = 1
}
