import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeTexts } from './code-texts.ts'
import { markdownTexts } from './markdown-texts.ts'
import type { Text } from './text.ts'

const root = join(import.meta.dirname, '..', '..')

/** Files whose texts aren't ours or aren't English. */
const excluded = /\/fixtures\/|\.d\.ts$|^samples\/|^web\/.*\/(ar|de|es|fr)(\.ts$|\/)/

/** All texts of the repository in files whose path starts with one of `prefixes`, in the order of the files. */
export function textsOf(prefixes: readonly string[]): Text[] {
  const patterns = ['**/*.{ts,tsx,js,cjs,mjs,md}', '.*.cjs', '.github/**/*.md']
  const files = globSync(patterns, {
    cwd: root,
    exclude: (name) => /node_modules$|^\.git$|^data$|^(web\/)?dist$/.test(name),
  })
  return [...new Set(files)]
    .filter((file) => !excluded.test(file) && prefixes.some((prefix) => file.startsWith(prefix)))
    .sort()
    .flatMap((file) => {
      const content = readFileSync(join(root, file), 'utf8')
      return file.endsWith('.md') ? markdownTexts(file, content) : codeTexts(file, content)
    })
}
