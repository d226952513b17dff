import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..', 'nodes')
const nodeTypes = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
  .filter(({ text }) => text.includes('defineNode({'))

test.each(nodeTypes)('$file says whether it asks', ({ file, text }) => {
  // A page asks what its children ask.
  const mayAsk = /(?<![.\w])(?:send|suspend|askForCredential)\(/.test(text) && file !== 'page.ts'
  expect(!mayAsk || text.includes('asks: true'), 'add `asks: true` to the node type').toBe(true)
})
