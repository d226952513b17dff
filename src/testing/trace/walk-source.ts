import { readFileSync } from 'node:fs'
import type { LoadedWalkFile } from '../project/walk-files.ts'

/** Lines of a walk in YAML: the head of its file, and the walk. None of a walk in TypeScript. */
export function walkSource({ file, content, lineOf }: LoadedWalkFile, index: number) {
  if (!/\.ya?ml$/.test(file)) return []
  const lines = readFileSync(file, 'utf8').split(/\r?\n/)
  const starts = content.walks.map((_, walk) => lineOf(walk))
  const from = starts[index] ?? 1
  const next = starts.find((line) => line > from) ?? lines.length + 1
  const head = Math.min(...starts)
  return lines
    .map((text, at) => ({ line: at + 1, text }))
    .filter(({ line, text }) => (line < head || (line >= from && line < next)) && text.trim() !== '')
}
